"""What `matxai port` does not write for the calls of goldenCalls.m."""

import contextlib
import io

import numpy as np

_TREE = """
t = m.fitrtree(
    np.array([[1, np.nan, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
              [2, 1, 4, 3, 6, 5, 8, 7, np.nan, 9, 12, 11]]).T,
    [1, 2, 1, 2, 3, 5, 4, 6, 8, 7, 9, 9], MinParentSize=4)
"""

# Python for calls that are not ported, or whose result porting knows without asking matxai.
CODE = {
    "fitrtree-missing-tree": f"{_TREE}r = printed(lambda: m.view(t))",
    "fitrtree-view-categories": """
t = m.fitrtree(np.repeat([1, 2, 3, 4], 5), np.repeat([1, 5, 2, 6], 5), CategoricalPredictors=1)
r = printed(lambda: m.view(t))
""",
    "fitrtree-view-numbers": """
t = m.fitrtree(m.colon(1, 64), m.mod(37 * m.colon(1, 64), 64), MinParentSize=4)
r = printed(lambda: m.view(t))
""",
    # Images of one row, which have two dimensions.
    "histeq-default": "r = m.histeq(np.uint8([37 * np.arange(1, 65) % 256]))",
    "histeq-8-levels": "r = m.histeq(np.uint8([7 * np.arange(1, 65) % 41]), 8)",
    "label2rgb-shuffle": "r = m.label2rgb(np.array([[1, 2, 3, 4]]), 'jet', 'k', 'shuffle')",
    # Options that matxai does not have: it draws without smooth edges, in the current figure, and
    # writes neither kind of file.
    "insertshape-rectangle": (
        "r = m.insertShape(m.zeros(12, 12, 3, 'uint8'), 'rectangle', [4, 4, 5, 5], LineWidth=3)"
    ),
    "tiledlayout-flow": """
r = np.zeros((12, 2))
f = m.figure(Visible="off")
t = m.tiledlayout("flow")
for k in range(12):
    m.nexttile(t)
    r[k] = t.GridSize
m.close(f)
""",
    "imread-cmyk": """
from PIL import Image
file = tempname() + ".tif"
colours = np.array([[[0, 10, 30, 50], [255, 20, 40, 60]]], np.uint8)
Image.frombytes("CMYK", (2, 1), colours.tobytes()).save(file)
r = m.imread(file)
""",
    "imread-transparent": """
from PIL import Image
file = tempname() + ".png"
Image.fromarray(np.uint8(magic(4))).save(file, transparency=5)
r = m.imread(file, nargout=3)[2]
""",
    "imwrite-missing-folder": """
m.imwrite(np.array([[1]], np.uint8), m.fullfile(tempname(), "a", "x.png"))
r = 1
""",
    # Weights are needed here: names alone are asked of the graph.
    "names-of-layers-1d": """
r = [layer.Name for layer in m.layerGraph([
    m.sequenceInputLayer(2, MinLength=9), m.convolution1dLayer(3, 2), m.maxPooling1dLayer(2),
    m.transposedConv1dLayer(2, 2), m.globalAveragePooling1dLayer()]).Layers]
""",
    "names-of-layers-3d": """
r = [layer.Name for layer in m.layerGraph([
    m.image3dInputLayer([9, 9, 9, 1], Normalization="none"), m.convolution3dLayer(3, 2),
    m.maxPooling3dLayer(2), m.transposedConv3dLayer(2, 2), m.globalAveragePooling3dLayer()]).Layers]
""",
    # A row is a channel over time.
    "padding-same-1d": """
n = m.dlnetwork([
    m.sequenceInputLayer(1, Name="in", MinLength=4),
    m.convolution1dLayer(3, 1, Name="c", Padding="same", Stride=2,
                         Weights=np.array([1, 10, 100]).reshape(3, 1, 1), Bias=0)])
rows = [m.single(np.arange(1.0, length + 1)[np.newaxis]) for length in (7, 8)]
r = m.horzcat(*[m.extractdata(m.predict(n, m.dlarray(row, "CT"))) for row in rows])
""",
    "num2str-matrix": "r = m.num2str(np.array([[1.5, -20], [300.25, 4e-5]]))",
    "max-logical": "r = m.class_(m.max(np.array([True, False])))",
    "max-logical-dimension": (
        "r = m.class_(m.max(np.array([[True, False], [False, False]]), [], 2))"
    ),
    "arithmetic-int64": "r = m.plus(m.int64(3), 0.5)",
    "size-of-text": "r = np.array([m.size('abc'), m.size([])])",
    "deepdream-table": """
n = matxaiSmallNetwork("dlnetwork")
r = printed(lambda: m.deepDreamImage(
    n, "fc", [1, 2], NumIterations=3, PyramidLevels=2, Verbose=True))
""",
    "drise-nothing-found": """
X = m.uint8(m.reshape(m.mod(m.colon(1, 2304), 256), 32, 24, 3))
r = m.drise(lambda images: matxaiDetector(images, False), X, NumSamples=8)
""",
    "drise-progress": """
X = m.uint8(m.reshape(m.mod(m.colon(1, 2304), 256), 32, 24, 3))
r = printed(lambda: m.drise(lambda images: matxaiDetector(images, True), X, NumSamples=8))
""",
}

# Calls that have no counterpart, and why.
NONE = {
    "squeeze-size": "squeeze returns a 1-D array here, which has no size in MATLAB",
    "string-of-missing": "texts are str here, and no str is missing",
    "sequences-initial-state": "networks do not show their state here",
}


def magic(n):
    """Return MATLAB's magic square: the siamese method, Strachey's for twice an odd number."""
    n = int(n)
    if n % 2:
        return _siamese(n)
    if n % 4 == 0:
        square = np.arange(1.0, n * n + 1).reshape(n, n)
        outer = np.isin(np.arange(n) % 4, (0, 3))
        return np.where(outer[:, np.newaxis] == outer, n * n + 1 - square, square)
    half, k = n // 2, n // 4
    part = _siamese(half)
    upper = np.hstack([part, part + 2 * half**2])
    lower = np.hstack([part + 3 * half**2, part + half**2])
    exchanged = np.zeros((half, n), bool)
    exchanged[:, :k] = exchanged[:, n - k + 1 :] = True
    # In the middle row, one column further to the right.
    exchanged[k, : k + 1] = np.arange(k + 1) > 0
    return np.vstack([np.where(exchanged, lower, upper), np.where(exchanged, upper, lower)])


def _siamese(n):
    """Go up and to the right, or down where that is taken."""
    square = np.zeros((n, n))
    row, column = 0, n // 2
    for number in range(1, n * n + 1):
        square[row, column] = number
        above = (row - 1) % n, (column + 1) % n
        row, column = above if square[above] == 0 else ((row + 1) % n, column)
    return square


def printed(function):
    """Return what a function prints, as evalc does."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        function()
    return said.getvalue()


FUNCTIONS = {
    "magic": magic,
    "kron": np.kron,
    "intmax": lambda kind: np.dtype(kind).type(np.iinfo(kind).max),
    "gpuDeviceCount": lambda: 0,
    "tempname": None,
}
