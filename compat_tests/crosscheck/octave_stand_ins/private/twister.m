function result = twister(action, value)
% The Mersenne twister with 53 bits a number, as its authors published it.
persistent words at start from
if isempty(words)
    words = seeded(5489);
    at = 624;
end
result = struct('Type', 'twister', 'words', words, 'at', at);
switch action
    case 'seed'
        if isempty(from) || from ~= value
            from = value;
            start = seeded(value + 5489 * (value == 0));
        end
        words = start;
        at = 624;
    case 'set'
        words = value.words;
        at = value.at;
    case 'draw'
        raw = zeros(1, 2 * value);
        for k = 1:2 * value
            if at == 624
                words = turned(words);
                at = 0;
            end
            at++;
            raw(k) = words(at);
        end
        raw = tempered(raw);
        result = (floor(raw(1:2:end) / 32) * 67108864 + floor(raw(2:2:end) / 64)) / 2 ^ 53;
end
end

function words = seeded(seed)
words = zeros(1, 624);
words(1) = seed;
for k = 1:623
    mixed = bitxor(words(k), floor(words(k) / 2 ^ 30));
    % 1812433253 times a word does not fit a double: in two halves.
    low = mod(mixed, 65536);
    high = floor(mixed / 65536);
    words(k + 1) = mod(1812433253 * low + mod(1812433253 * high, 65536) * 65536 + k, 2 ^ 32);
end
end

function words = turned(words)
for k = 1:624
    next = mod(k, 624) + 1;
    far = mod(k + 396, 624) + 1;
    y = bitor(bitand(words(k), 2 ^ 31), bitand(words(next), 2 ^ 31 - 1));
    words(k) = bitxor(bitxor(words(far), floor(y / 2)), 2567483615 * mod(y, 2));
end
end

function y = tempered(y)
y = bitxor(y, floor(y / 2 ^ 11));
y = bitxor(y, bitand(mod(y * 2 ^ 7, 2 ^ 32), 2636928640));
y = bitxor(y, bitand(mod(y * 2 ^ 15, 2 ^ 32), 4022730752));
y = bitxor(y, floor(y / 2 ^ 18));
end
