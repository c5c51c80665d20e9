% Values without a semicolon are shown.
x = 3
name = 'cup'
v = [1 2 3]
flag = true
label = categorical("cat")
sz = size(zeros(4, 5))
