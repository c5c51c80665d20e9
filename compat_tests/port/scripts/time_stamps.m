% When was it done, and how long did it take?
started = datetime('now');
t0 = clock;
stamp = datestr(now,'yyyymmdd_HHMMSS');
folder = ['results_' stamp];
mkdir(folder)
x = rand(50);
y = x * x;
elapsed = datetime('now') - started;
fprintf('It took %.1f seconds\n',round(seconds(elapsed)));
late = etime(clock,t0) > 3600;

% Dates that are known.
release = datetime(2024,3,20);
update = datetime('2024-05-01 12:30:00','InputFormat','yyyy-MM-dd HH:mm:ss');
wait = update - release;
daysBetween = days(wait);
halfway = release + wait/2;
halfway.Format = 'dd.MM.yyyy HH:mm';
disp(halfway)
message = "Released " + string(release);
if update > release
    fprintf('%s, a %s\n',char(update),day(update,'name'));
end
old = datestr(datenum(2023,12,24,18,0,0),'dd-mmm-yyyy HH:MM PM');
disp(['on ' datestr(738000.5,31)])
name = sprintf('run_%s.txt',datestr(730736.65149,30));
isTime = isdatetime(release) && ~isduration(release);
monthOfRelease = month(release);
release
