"""Scripts that read datastores: what is known of the data before the run, and what is read."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai import imwrite
from matxai.port import porting
from matxai.port.porting import port

IMDS = "imds = imageDatastore('in','IncludeSubfolders',true,'LabelSource','foldernames');\n"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    for i in range(4):
        image = np.full((6, 5, 3), 60 * i, np.uint8)
        image[i] = 255
        imwrite(image, tmp_path / "in" / "ab"[i % 2] / f"{i}.png")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def run(text):
    ported = port(IMDS + text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("I = read(imds);\nfprintf('%d ', size(I), I(1,1,1));", "6 5 3 255 "),
        (
            "auimds = augmentedImageDatastore([4 4],imds);\nT = read(auimds);\n"
            "I = T.input{2};\nfprintf('%d ', size(I), height(T));",
            "4 4 3 4 ",
        ),
        (
            "ds = transform(imds,@(x) {rgb2gray(x), size(x,1)});\nd = read(ds);\n"
            "fprintf('%d ', size(d{1}), d{2});",
            "6 5 6 ",
        ),
        (
            "ds = combine(imds,transform(imds,@(x) 255-x));\nn = 0;\nwhile hasdata(ds)\n"
            "d = ds.read();\nn = n + double(d{1}(6,5,1)) + double(d{2}(6,5,1));\nend\n"
            "reset(ds);\nfprintf('%d %d', n, hasdata(ds));",
            "1020 1",
        ),
        (
            "ds = transform(imds,@named,'IncludeInfo',true);\nd = read(ds);\ndisp(d{2})\n"
            "function [d,info] = named(x,info)\nd = {x, char(info.Label)};\nend",
            "a\n",
        ),
        (
            "ds = transform(imds,@both);\nx = preview(ds);\nfprintf('%d', ndims(x));\n"
            "function [a,b] = both(x)\na = rgb2gray(x);\nb = 1;\nend",
            "2",
        ),
        (
            "few = subset(shuffle(imds),1:2);\nI = read(few);\nfprintf('%d ', size(I));",
            "6 5 3 ",
        ),
        (
            "m = confusionmat([1 2 2],[1 2 1]);\nfprintf('%d ', m(2,1), sum(m(:)));\n"
            "[c,k] = confusionmat({'x','y'},{'y','y'});\nfprintf('%s', k{:});",
            "1 3 xy",
        ),
    ],
)
def test_what_scripts_print(text, printed):
    assert run(text)[1] == printed
