"""What matxai's functions return: the class and shape of each output, in a small notation.

A rule is ``"class shape"`` for each output, outputs parted by commas. The class is a MATLAB class,
a word for a kind of object, ``same`` (that of the first argument), ``float`` (single stays single,
all else is double) or ``any``. The shape is ``scalar``, ``row``, ``column``, ``vector``,
``matrix2`` (at most two dimensions), ``matrix3``, ``matrix``, ``same``, ``reduced`` (a number of a
vector), or ``any``. ``index`` behind it says that Python's form holds integers, ``whole`` that it
holds whole numbers.
"""

from __future__ import annotations

import functools

from matxai.port.knowledge import ANY, Kind, chars
from matxai.port.public import modules

__all__ = ["REDUCTIONS", "result_kinds"]

REDUCTIONS = frozenset(
    ["sum", "prod", "mean", "median", "mode", "max", "min", "any", "all", "std", "var", "norm"]
)

_RULES = {
    "abs sign mod rem cast": "same same",
    "floor ceil round fix": "same same whole",
    "exp log sqrt rescale normalize mat2gray": "float same",
    "plus minus times rdivide": "numeric any",
    "cumsum circshift flip fliplr flipud": "float same",
    "sum prod mean median std var norm": "float reduced",
    "mode": "same reduced",
    "max min": "same reduced, double reduced index",
    "any all": "logical reduced",
    "isnan isinf isfinite": "logical same",
    "nnz": "double scalar index",
    "sort maxk mink": "same same, double same index",
    "linspace logspace colon": "double row",
    "numel length ndims height width": "double scalar index",
    "isempty isscalar isvector ismatrix isrow iscolumn isnumeric islogical ischar isstring "
    "iscell iscellstr isstruct istable iscategorical isa isequal isequaln issorted isfile "
    "isfolder canUseGPU ishold": "logical scalar",
    "exist": "double scalar index",
    "num2str int2str mat2str class_ jsonencode newline filesep pwd": "char row",
    "strjoin fileread": "char row",
    "fileparts": "text row, text row, text row",
    "str2double": "double texts",
    "upper lower strtrim strip strrep regexprep": "text same",
    "strsplit": "cell row char",
    "fieldnames categories": "cell column char",
    "cellstr": "cell any char",
    "readlines": "string column",
    "string": "string any",
    "strcmp strcmpi strncmp strncmpi contains startsWith endsWith": "logical texts",
    "double single logical int8 int16 int32 int64 uint8 uint16 uint32 uint64": "self same",
    "zeros ones NaN Inf eye rand randn randi": "double any",
    "randperm": "double row index",
    "imread": "numeric matrix3",
    "imresize imfilter imgaussfilt imrotate imcrop imcomplement imadjust histeq medfilt2 "
    "padarray imdilate imerode imopen imclose": "same matrix3",
    "rgb2gray im2gray": "same matrix2",
    "im2double": "double matrix3",
    "im2single": "single matrix3",
    "im2uint8": "uint8 matrix3",
    "im2uint16": "uint16 matrix3",
    "ind2rgb": "double matrix3",
    "imbinarize boundarymask": "logical matrix2",
    "imoverlay labeloverlay imtile imfuse label2rgb insertText insertShape": "numeric matrix3",
    "superpixels bwlabel": "double matrix2, double scalar index",
    "jet parula hot gray hsv cool turbo bone copper": "double matrix2",
    "pink spring summer autumn winter lines": "double matrix2",
    "ssim psnr immse": "float scalar",
    "graythresh": "double scalar",
    "gradCAM occlusionSensitivity gradientAttribution": "numeric matrix3",
    "imageLIME": "numeric matrix3, double matrix2, double column",
    "deepDreamImage": "numeric matrix",
    "predict minibatchpredict": "scores any",
    "classify": "categorical any, single matrix2",
    "scores2label": "categorical any, single any",
    "activations": "single matrix",
    "googlenet squeezenet resnet18 resnet50 resnet101 alexnet vgg16 vgg19 mobilenetv2 "
    "efficientnetb0 inceptionv3 densenet201 xception shufflenet darknet19 darknet53 "
    "inceptionresnetv2 nasnetlarge nasnetmobile": "network scalar",
    "imagePretrainedNetwork": "network scalar, labels column",
    "importONNXNetwork importNetworkFromONNX importNetworkFromMAT dag2dlnetwork dlnetwork "
    "layerGraph removeLayers replaceLayer addLayers connectLayers disconnectLayers "
    "assembleNetwork initialize importLayersFromMAT": "network scalar",
    "dlarray relu sigmoid leakyrelu softmax": "dlarray any",
    "extractdata gather": "numeric any",
    "dlgradient": "any any",
    "imageDatastore augmentedImageDatastore subset shuffle": "datastore scalar",
    "readimage read": "numeric matrix3",
    "table readtable array2table cell2table struct2table head sortrows": "table scalar",
    "load struct": "struct scalar",
    "figure gcf gca axes subplot nexttile tiledlayout imshow imagesc image colorbar title "
    "xlabel ylabel sgtitle legend plot bar barh scatter line text": "graphics scalar",
    "MException": "exception scalar",
    "fitrtree fitrlinear": "model scalar",
    "compose": "string any",
    "join": "string any",
    "tic": "numeric scalar",
    "toc": "double scalar",
    "intmax intmin realmax realmin flintmax": "numeric scalar",
    "union intersect setdiff": "same vector, double vector index, double vector index",
    "dir": "file column",
    "table2array": "numeric any",
    "num2cell": "cell same any",
    "repmat permute reshape squeeze cat horzcat vertcat tril triu": "same any",
    "eps": "double same",
    "histcounts": "double row, double row",
    "imhist": "double column, double column",
    "meshgrid ndgrid": "double matrix2, double matrix2",
}


def is_layer(name: str) -> bool:
    """Tell whether a function of matxai makes a layer."""
    return modules().get(name, "").startswith("nets.constructors")


@functools.cache
def _rules() -> dict[str, tuple[tuple[str, ...], ...]]:
    table = {}
    for names, rule in _RULES.items():
        outputs = tuple(tuple(part.split()) for part in rule.split(","))
        table.update(dict.fromkeys(names.split(), outputs))
    return table


def result_kinds(name: str, arguments: list[Kind], nargout: int) -> list[Kind]:
    """Return what the outputs of a function of matxai are, as far as that is known."""
    outputs = _rules().get(name, (("layer", "scalar"),) if is_layer(name) else ())
    made = [_kind(name, words, arguments) for words in outputs]
    return (made + [ANY] * nargout)[:nargout]


def _kind(name: str, words: tuple[str, ...], arguments: list[Kind]) -> Kind:
    first = arguments[0] if arguments else ANY
    if first.name == "dlarray" and words[0] in ("same", "float"):
        return Kind("dlarray", "any")
    class_name = _class(name, words[0], first)
    if class_name == "char" and words[1] == "row":
        return chars()
    if class_name == "text":
        return Kind(first.name, first.shape) if first.one_text else ANY
    shape, rank = _shape(words[1], first, arguments)
    index = "index" in words
    items = chars() if words[2:3] == ("char",) else None
    if index and shape in ("any", "grid"):
        return Kind(class_name, shape, index=True, whole=True)
    safe = class_name in ("double", "single") and not index
    if index and shape == "scalar":
        safe = True
    whole = index or "whole" in words or (words[0] in ("same", "self") and first.whole)
    return Kind(
        class_name,
        shape,
        rank,
        index=index,
        safe=safe,
        whole=whole,
        items=items,
        low=(1 if name in REDUCTIONS else 0) if index and shape == "scalar" else None,
    )


def _class(name: str, word: str, first: Kind) -> str:
    if word == "self":
        return name
    if word == "same":
        return first.name
    if word == "float":
        if first.name == "single":
            return "single"
        return "double" if first.numeric and first.name != "numeric" else "numeric"
    if word == "scores":
        return "numeric"
    if word == "text":
        return "text"
    return word


def _shape(word: str, first: Kind, arguments: list[Kind]) -> tuple[str, int]:
    if word.startswith("matrix"):
        return "matrix", int(word[6:] or 0)
    if word == "same":
        return first.shape, first.rank
    if word == "texts":
        many = [k for k in arguments[:2] if not k.one_text]
        return ("scalar", 0) if not many else (many[0].shape if len(many) == 1 else "any", 0)
    if word != "reduced":
        return word, 0
    if len(arguments) == 1 and (first.scalar or first.flat):
        return "scalar", 0
    if any(k.const == "all" for k in arguments[1:]):
        return "scalar", 0
    if len(arguments) == 1 and _at_most_two(first):
        return "grid", 0
    return "any", 0


def _at_most_two(kind: Kind) -> bool:
    """Tell whether a value has two dimensions at most, so that reducing it leaves 1×n."""
    return kind.shape in ("grid", "rowish") or (kind.shape == "matrix" and kind.rank == 2)
