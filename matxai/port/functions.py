"""What matxai's functions return: the class and shape of each output, in a small notation.

A rule is ``"class shape"`` for each output, outputs parted by commas. The class is a MATLAB class,
a word for a kind of object, ``same`` (that of the first argument), ``float`` (single stays single,
all else is double) or ``any``. The shape is ``scalar``, ``row``, ``column``, ``vector``,
``matrix2`` (at most two dimensions), ``matrix3``, ``matrix``, ``image`` (three dimensions if the
first argument has no more), ``same``, ``reduced`` (a number of a vector), or ``any``. The word
``first`` stands for the first argument itself. ``index`` behind it says that Python's form holds
integers, ``whole`` that it holds whole numbers.
"""

from __future__ import annotations

import functools

from matxai.port.knowledge import ANY, Kind, chars
from matxai.port.observations import is_one_row, of_one_image, open_dimensions
from matxai.port.public import modules

__all__ = ["REDUCTIONS", "result_kinds"]

_REDUCING = (
    "sum prod mean median mode max min any all std var norm bounds histc iqr mad movmean prctile "
    "quantile range_ smoothdata vecnorm"
)
REDUCTIONS = frozenset(_REDUCING.split())

_RULES = {
    "abs sign mod rem cast": "same same",
    "floor ceil round fix": "same same whole",
    "exp log sqrt rescale normalize": "float same",
    "plus minus times rdivide power": "numeric any",
    "cumsum cumprod circshift flip fliplr flipud": "float same",
    "sum prod mean median std var norm": "float reduced",
    "iqr mad": "float reduced",
    "range_": "same reduced",
    "bounds": "same reduced, same reduced",
    "cummax cummin factorial": "same same",
    "gamma": "float same",
    "isprime": "logical same",
    "primes": "same row",
    "det trace": "float scalar",
    "rank": "double scalar index",
    "corr2": "double scalar",
    "mode": "same reduced",
    "max min": "same reduced, double reduced index",
    "any all": "logical reduced",
    "isnan isinf isfinite": "logical same",
    "nnz": "double scalar index",
    "sort maxk mink": "same same, double same index",
    "linspace logspace colon": "double row",
    "numel length ndims height width": "double scalar index",
    "isempty isscalar isvector ismatrix isrow iscolumn isnumeric isreal islogical ischar isstring "
    "iscell iscellstr isstruct istable iscategorical isa isequal isequaln issorted isfile "
    "isfolder canUseGPU ishold hasdata": "logical scalar",
    "exist": "double scalar index",
    "func2str num2str int2str mat2str class_ jsonencode newline filesep pwd": "char row",
    "tempname tempdir": "char row",
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
    "padarray imdilate imerode imopen imclose": "same image",
    "rgb2gray im2gray": "same matrix2",
    "mat2gray": "double same",
    "categorical": "categorical texts_same",
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
    "gradCAM occlusionSensitivity gradientAttribution": "double matrix3",
    "imageLIME": "double matrix3, double matrix2, double column",
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
    "extractdata": "numeric any",
    "dlgradient": "any any",
    "gpuArray gather": "first same",
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


def result_kinds(
    name: str, arguments: list[Kind], nargout: int, options: bool = False
) -> list[Kind]:
    """Return what the outputs of a function of matxai are, as far as that is known.

    `arguments` are those without a name; `options` tells whether there are others.
    """
    outputs = _rules().get(name, (("layer", "scalar"),) if is_layer(name) else ())
    made = [_kind(name, words, arguments) for words in outputs]
    made = (made + [ANY] * nargout)[:nargout]
    return of_one_image(name, arguments, made, options)


def _kind(name: str, words: tuple[str, ...], arguments: list[Kind]) -> Kind:
    first = arguments[0] if arguments else ANY
    if words[0] == "first":
        return first if first.name != "any" else Kind("numeric", "any")
    if first.name == "dlarray" and words[0] in ("same", "float"):
        return Kind("dlarray", "any")
    class_name = _class(name, words[0], first)
    if class_name == "char" and words[1] == "row":
        return chars()
    if class_name == "text":
        return Kind(first.name, first.shape) if first.one_text else ANY
    shape, rank = _shape(words[1], first, arguments)
    if name in _ALONG and shape == "any" and _leaves_two(first, arguments[1:]):
        shape = "grid"
    index = "index" in words
    items = chars() if words[2:3] == ("char",) else None
    if index and shape in ("any", "grid"):
        return Kind(class_name, shape, index=True, whole=True, low=_low(name, shape))
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
        low=_low(name, shape) if index else None,
        length=_length(words[1], shape, first),
    )


_PLACES = frozenset(["sort", "maxk", "mink", "max", "min", "find", "randperm"])


def _low(name: str, shape: str) -> int | None:
    """Return what whole numbers are not below: places are counted from 1, sizes from 0."""
    if name in _PLACES:
        return 1
    return 0 if shape == "scalar" else None


def _length(word: str, shape: str, first: Kind) -> object:
    """Return the sizes that stay known: those of a row, or how many dimensions are left."""
    if word == "same" and is_one_row(first):
        return first.length
    dimensions = open_dimensions(first) if word == "reduced" else None
    return (-1,) * (dimensions - 1) if dimensions and shape in ("any", "grid") else None


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
    if word == "image":
        # Several images behind each other stay several.
        return "matrix", 3 if first.shape == "matrix" and first.rank in (2, 3) else 0
    if word.startswith("matrix"):
        return "matrix", int(word[6:] or 0)
    if word == "same":
        return first.shape, first.rank
    if word == "texts_same":
        named = first.name in ("string", "cell", "labels", "categorical") and first.flat
        return (first.shape if named else "any"), 0
    if word == "texts":
        many = [k for k in arguments[:2] if not k.one_text]
        return ("scalar", 0) if not many else (many[0].shape if len(many) == 1 else "any", 0)
    if word != "reduced":
        return word, 0
    if len(arguments) == 1 and (first.scalar or first.flat):
        return "scalar", 0
    if any(k.const == "all" for k in arguments[1:]):
        return "scalar", 0
    dimensions = open_dimensions(first) if len(arguments) == 1 else None
    if dimensions == 1:
        return "scalar", 0
    return "grid" if len(arguments) == 1 and _at_most_two(first) else "any", 0


# Functions whose second argument is the dimension that they reduce.
_ALONG = frozenset(["sum", "prod", "mean", "median", "mode", "any", "all"])


def _leaves_two(first: Kind, rest: list[Kind]) -> bool:
    """Tell whether reducing along a dimension leaves two dimensions, or one number."""
    if len(rest) != 1 or rest[0].const not in (1, 2, 3) or not first.rank:
        return False
    return first.rank == 2 or (first.rank == 3 and rest[0].const == 3)


def _at_most_two(kind: Kind) -> bool:
    """Tell whether a value has two dimensions at most, so that reducing it leaves 1×n."""
    return kind.shape in ("grid", "rowish") or (kind.shape == "matrix" and kind.rank == 2)
