"""What the porter says of functions that matxai lacks; docs/porting.md lists those that count."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from matxai.port import porting
from matxai.port.absent import ADVICE
from matxai.port.calls import is_function
from matxai.port.porting import port
from matxai.port.public import modules
from matxai.port.workspace import DESKTOP

PAGE = (Path(__file__).parents[2] / "docs" / "porting.md").read_text(encoding="utf-8")
# The functions of scripts that explain networks: those that occur most, the next, and the rest.
MOST = """imresize numel repmat zeros activations imshow figure title imtile reshape imagesc
colormap hold classify gradCAM length imread sprintf subplot googlenet load colorbar
occlusionSensitivity size disp mat2gray categorical imageLIME squeezenet uint8 maxk ismember close
deepDreamImage analyzeNetwork nargin montage clear clc string max cat uigetfile fullfile dir
sgtitle axis single predict dlarray imagePretrainedNetwork rescale jet matlabroot find scores2label
join compose min ones linspace tril minibatchpredict gpuArray canUseGPU num2str char gcf saveas
xlabel tiledlayout nexttile imsave plotconfusion vgg16 importONNXNetwork strcat writematrix uint16
sum"""
NEXT = """fprintf extractdata dlfeval layerGraph dlnetwork removeLayers dlgradient any addpath
isequal isa abs table strrep regexprep ls randperm round mean squeeze norm rgb2gray ind2rgb imwrite
imfuse boundarymask im2double imhist im2uint8 histeq imageDatastore readimage replaceLayer alexnet
relu dag2dlnetwork exist fileparts mkdir readtable struct2table warning assert pwd struct strcmpi
floor rand toc tic NaN rng isfield nnz fieldnames unique sort ceil double isempty filesep gather
contains class strcmp arrayfun error deal eps set get print gca getframe barh xlim yticklabels
image nominal findpeaks"""
REST = """semanticseg labeloverlay ssim permute std ind2sub isfile isnan cellfun height
matlab.lang.makeValidName imhist splitEachLabel augmentedImageDatastore confusionchart plot bar
ylim eval randi exportgraphics mfilename ylabel drawnow exp logical sqrt save shuffle transform
combine imshowpair imoverlay imgaussfilt imbinarize imdilate strel insertText insertShape normalize
superpixels fitrlinear pdist2 resnet18 softmax strjoin strsplit split regexp datestr datetime
jsonencode writetable containers.Map num2cell cell2table cell ndgrid mod"""


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def is_supported(name):
    alone = SimpleNamespace(file=SimpleNamespace(routines={}, others={}))
    return name in DESKTOP or is_function(alone, name)


def said(text):
    [reason] = {n.why for n in port(text).notes if n.kind == "left"}
    return reason


def table(heading):
    rows = PAGE.partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(.*?)` \| (.*) \|$", rows, re.MULTILINE))


def test_the_page_lists_what_is_not_supported():
    names = dict.fromkeys(f"{MOST} {NEXT} {REST}".split())
    lacking = [name for name in names if not is_supported(name)]
    listed = table("## Functions that are not there")
    assert {name for name in listed if name in names} == {*lacking, "eval"}
    assert f"Of the {len(names)} functions" in PAGE
    assert not [n for n in (*MOST.split(), *NEXT.split()) if n in lacking and n not in ADVICE]


def test_the_page_shows_what_is_said():
    listed = table("## Functions that are not there")
    for name, reason in listed.items():
        assert said(f"code = num2str(1); x = {name}(code);") == reason, name


def test_advice_is_for_what_matxai_lacks():
    assert not set(ADVICE) & set(modules())
    for reason in ADVICE.values():
        assert len(reason) < 110
        assert not reason.endswith(".")


def test_lines_that_change_nothing_are_comments():
    ported = port("clear all\nclc\naddpath('tools')\nclose all")
    assert ported.complete
    assert [f"# {line}" in ported.code for line in ("clear all", "clc", "addpath('tools')")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("X = imread(fullfile(matlabroot, 'toolbox', 'images', 'a.png'));", "toolbox/images/a.png"),
        ("X = imread([matlabroot '/toolbox/a.png']);", "write the path of a copy of the file"),
        ("[file, folder] = uigetfile('*.png');", "the name of the file and its folder"),
        ("imsave", "write imwrite"),
        ("imsave(h)", "write imwrite"),
        ("h = waitbar(0, 'wait');", "leave it out"),
        ("switch questdlg('Go on?'), case 'Yes', x = 1; end", "write the choice"),
        ("f = @uigetdir;", "write the folder in its place"),
    ],
)
def test_the_reason_says_what_to_write(text, part):
    ported = port(text)
    assert part in said(text)
    assert part in ported.code
    assert ("raise NotImplementedError" in ported.code) == ("=" in text)


def test_a_function_of_the_folder_comes_first():
    from matxai.port.parsing import parse

    others = {"uigetfile": parse("function f = uigetfile()\nf = 1;\nend")}
    ported = port("f = uigetfile();", others=others)
    assert ported.complete
    assert ported.missing == ()
