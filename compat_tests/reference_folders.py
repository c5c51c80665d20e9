"""Folders as matxaiReference writes them in MATLAB, with numbers from plain NumPy.

The network is a convolution, ReLU, global average pooling, fully connected layer and softmax; its
scores, maps and gradients are written out here, in double, without matxai. A planted error is a
change of what is in `files` and `manifest` before `write`, or of how "MATLAB" sees the image.
"""

import json
from itertools import product

import mat_networks as mat
import numpy as np
import onnx
import pandas as pd
import scipy.io
import tiny_networks as tiny
from onnx import numpy_helper
from sklearn.linear_model import Lasso

CLASSES = ["apple", "pear", "quince", "plum", "medlar"]
SIZE = (16, 16, 3)


def smooth_image(size=SIZE, seed=1):
    """Make an image of blobs of colour, uint8, unlike itself turned or in BGR."""
    random = np.random.RandomState(seed)
    rows, cols = np.mgrid[: size[0], : size[1]]
    image = np.zeros(size)
    for channel in range(size[2]):
        for _ in range(4):
            y, x = random.rand(2) * size[:2]
            spread = 2 + 3 * random.rand()
            blob = np.exp(-((rows - y) ** 2 + (cols - x) ** 2) / spread**2)
            image[:, :, channel] += (60 + 150 * random.rand()) * blob
    image += np.array([10, 60, 110])[: size[2]] + 20 * random.rand(*size)
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


class PlainNetwork:
    """The network of tiny_networks.conv_model, in NumPy and in double.

    Scores, and what they are made of, are computed of one image or of several, stacked.
    """

    def __init__(self, made):
        weights = {w.name: numpy_helper.to_array(w).astype(float) for w in made.graph.initializer}
        self.mean = weights["mean"][0, :, 0, 0]
        self.kernel, self.bias = weights["conv_W"], weights["conv_B"]
        self.fc, self.fc_bias = weights["fc_W"], weights["fc_B"]

    def before_relu(self, image):
        x = np.asarray(image, float) - self.mean
        padded = np.pad(x, [(0, 0)] * (x.ndim - 3) + [(1, 1), (1, 1), (0, 0)])
        height, width = x.shape[-3:-1]
        out = np.zeros((*x.shape[:-1], len(self.kernel))) + self.bias
        for i, j in product(range(3), repeat=2):
            out += padded[..., i : i + height, j : j + width, :] @ self.kernel[:, :, i, j].T
        return out

    def features(self, image):
        return np.maximum(self.before_relu(image), 0)

    def logits(self, image):
        return self.features(image).mean(axis=(-3, -2)) @ self.fc.T + self.fc_bias

    def scores(self, image):
        logits = self.logits(image)
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return raised / raised.sum(axis=-1, keepdims=True)

    def slopes(self, image, channel):
        """Derivative of a score with respect to one feature map, the same at all its places."""
        scores = self.scores(image)
        of_logits = scores[channel - 1] * ((np.arange(len(scores)) == channel - 1) - scores)
        height, width = image.shape[:2]
        return of_logits @ self.fc / (height * width)

    def gradcam(self, image, channel):
        return np.maximum(self.features(image) @ self.slopes(image, channel), 0)

    def gradient(self, image, channel):
        height, width, depth = image.shape
        slope = (self.before_relu(image) > 0) * self.slopes(image, channel)
        found = np.zeros((height + 2, width + 2, depth))
        for i, j in product(range(3), repeat=2):
            found[i : i + height, j : j + width] += slope @ self.kernel[:, :, i, j]
        return found[1:-1, 1:-1]

    def occlusion(self, image, channel, **options):
        """Scores before minus after, masks at 1, 1+s, … as centres, cut at the edges."""
        after = self.scores(np.stack(list(self.covered(image, **options))))[:, channel - 1]
        changes = self.scores(image)[channel - 1] - after
        return changes.reshape(
            [len(range(0, n, options.get("stride", 2))) for n in image.shape[:2]]
        )

    def covered(self, image, mask=3, stride=2, shift=(0, 0), value=None):
        value = image.mean(axis=(0, 1)) if value is None else value
        for y, x in product(*(range(0, n, stride) for n in image.shape[:2])):
            top, left = y - mask // 2 + shift[0], x - mask // 2 + shift[1]
            covered = image.astype(float)
            covered[max(0, top) : max(0, top + mask), max(0, left) : max(0, left + mask)] = value
            yield covered

    def samples(self, image, channel, labels, presence):
        """Scores of images that show some features and hide the others behind the mean colour."""
        mean = image.mean(axis=(0, 1))
        shown = [np.where(row[labels][..., None], image, mean) for row in presence]
        return self.scores(np.stack(shown))[:, channel - 1], shown


def upsampled(coarse, size):
    """Enlarge by bicubic interpolation, a = -0.5, edges mirrored: along rows, then columns."""
    for axis in (0, 1):
        coarse = np.moveaxis(_lines(np.moveaxis(coarse, axis, 0), size[axis]), 0, axis)
    return coarse


def _lines(lines, count):
    length = len(lines)
    out = np.zeros((count, *lines.shape[1:]))
    for i in range(count):
        centre = (i + 0.5) * length / count - 0.5
        for j in range(int(np.floor(centre)) - 1, int(np.floor(centre)) + 3):
            mirrored = j % (2 * length)
            out[i] += _cubic(abs(centre - j)) * lines[min(mirrored, 2 * length - 1 - mirrored)]
    return out


def _cubic(x):
    if x <= 1:
        return 1.5 * x**3 - 2.5 * x**2 + 1
    return -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2 if x < 2 else 0.0


def rescaled(values):
    return (values - values.min()) / (values.max() - values.min())


def linear_importance(presence, scores):
    """The lasso with λ = 1/n, of scikit-learn."""
    model = Lasso(alpha=1 / len(scores), tol=1e-10, max_iter=100_000)
    return model.fit(presence.astype(float), scores).coef_


class ReferenceFolder:
    """A folder in the making: `files` are its .mat files by name, `manifest` its manifest.json.

    Parameters
    ----------
    path : Path
        The folder.
    seen : callable
        What "MATLAB" does to the image before the network gets it: planted errors.
    net : PlainNetwork, optional
        The network that "MATLAB" computes with, another than is in the folder.
    resized : array, optional
        The image, if not the original.
    """

    def __init__(self, path, seen=lambda image: image, net=None, image=None, original=None):
        self.path = path
        self.model = tiny.conv_model(SIZE, len(CLASSES), seed=0)
        self.net = net or PlainNetwork(self.model)
        self.image = smooth_image() if image is None else image
        self.seen = seen(self.image)
        self.files = {
            "image.mat": {
                "original": self.image if original is None else original, "image": self.image
            },
            "scores.mat": {
                "scores": self.net.scores(self.seen)[None].astype(np.float32),
                "logits": self.net.logits(self.seen)[None].astype(np.float32),
            },
        }  # fmt: skip
        self.texts = {"classes.txt": "".join(f"{name}\n" for name in CLASSES)}
        self.manifest = {
            "format": "matxai-reference",
            "version": 1,
            "written": "2026-01-02T03:04:05",
            "environment": {
                "program": "MATLAB", "version": "9.14.0", "release": "R2023a",
                "platform": "GLNXA64", "toolboxes": {"name": "MATLAB", "version": "9.14"},
            },
            "network": {
                "class": "DAGNetwork", "onnx": "network.onnx", "mat": None, "variable": "net",
                "input_size": list(SIZE), "layers": [], "seconds": 1.5,
            },
            "classes": "classes.txt",
            "image": {"file": "image.mat", "resized": original is not None},
            "scores": {"file": "scores.mat", "function": "predict"},
            "runs": [],
            "probes": None,
            "skipped": [],
        }  # fmt: skip

    # What MATLAB's methods put out

    def add(self, method, arrays, channel=2, **more):
        """Add a run; its arrays are the variables of its file."""
        name = f"{method}-{len(self.manifest['runs']) + 1}"
        self.files[f"{name}.mat"] = arrays
        run = {
            "id": name, "method": method, "channel": channel,
            "label": CLASSES[channel - 1] if isinstance(channel, int) else None, "options": {},
            "options_chosen": {}, "file": f"{name}.mat", "outputs": list(arrays)[:1], "stages": {},
            "seed": 0, "seconds": 0.5, "error": None,
        }  # fmt: skip
        self.manifest["runs"].append(run | more)
        return self.files[f"{name}.mat"]

    def add_occlusion(self, channel=2, computed=None, recorded=False, **options):
        coarse = self.net.occlusion(self.seen, channel if computed is None else computed, **options)
        maps = {"scoreMap": upsampled(coarse, SIZE[:2]), "coarse": coarse}
        if recorded:
            shown = [self.seen, *self.net.covered(self.seen, **options)]
            inputs = np.stack(shown, axis=3) - self.net.mean[:, None]
            maps["inputs_1"] = inputs.astype(np.float32)
        return self.add("occlusionSensitivity", maps, channel)

    def add_gradcam(self, channel=2, computed=None):
        # The features are as large as the image: enlarging changes nothing.
        coarse = self.net.gradcam(self.seen, channel if computed is None else computed)
        chosen = {"featureLayer": "relu_1", "reductionLayer": "prob"}
        maps = {"scoreMap": coarse.copy(), "coarse": coarse}
        return self.add("gradCAM", maps, channel, options_chosen=chosen)

    def add_gradient(self, channel=2):
        gradient = self.net.gradient(self.seen, channel)
        maps = {"scoreMap": rescaled(np.abs(gradient).sum(axis=2)), "gradient": gradient}
        return self.add("gradientAttribution", maps, channel, options={"Method": "autodiff"})

    def add_activations(self, layer="relu_1"):
        act = {"relu_1": self.net.features, "conv_1": self.net.before_relu}[layer](self.seen)
        arrays = {"act": act.astype(np.float32)}
        return self.add("activations", arrays, None, options={"layer": layer})

    def add_lime(self, channel=2, computed=None, samples=200, cells=4, recorded=False):
        """LIME of a grid, by the lasso, with random numbers that are not ours."""
        block = SIZE[0] // cells
        rows, cols = np.mgrid[: SIZE[0], : SIZE[1]] // block
        labels = rows + cells * cols
        presence = np.random.default_rng(7).random((samples, cells**2)) < 0.5
        channel_of = channel if computed is None else computed
        scores, shown = self.net.samples(self.seen, channel_of, labels, presence)
        importance = linear_importance(presence, scores)
        arrays = {
            "scoreMap": importance[labels],
            "featureMap": labels + 1.0,
            "featureImportance": importance[:, None],
        }
        if recorded:
            inputs = np.stack(shown, axis=3) - self.net.mean[:, None]
            arrays["inputs_1"] = inputs.astype(np.float32)
        options = {
            "Segmentation": "grid", "NumFeatures": cells**2, "Model": "linear",
            "NumSamples": samples,
        }  # fmt: skip
        outputs = ["scoreMap", "featureMap", "featureImportance"]
        return self.add("imageLIME", arrays, channel, options=options, outputs=outputs)

    def add_probes(self):
        """Numbers of the twister by NumPy, and means; the rest is not computed without matxai."""
        probes = {"mean_image": self.image.astype(float).mean(axis=(0, 1))[None, None]}
        for seed in (0, 1, 42):
            twister = np.random.RandomState(seed or 5489)
            probes[f"rand_{seed}"] = twister.random_sample(20).reshape(5, 4, order="F")
        ramp = np.sin(np.arange(80.0)).reshape(8, 10)
        probes["imresize_input"], probes["imresize_40x50"] = ramp, upsampled(ramp, (40, 50))
        self.files["probes.mat"] = probes
        self.manifest["probes"] = "probes.mat"
        return probes

    def add_all(self):
        for add in (
            self.add_occlusion, self.add_gradcam, self.add_gradient, self.add_activations,
            self.add_lime, self.add_probes,
        ):  # fmt: skip
            add()
        return self

    def add_mat_network(self):
        """Put the network into network.mat as MATLAB saves it."""
        self.manifest["network"] |= {"mat": "network.mat"}
        self.mat_network = mat.network(_mat_layers(PlainNetwork(self.model)))

    # Writing

    def write(self):
        self.path.mkdir(parents=True, exist_ok=True)
        for name, arrays in self.files.items():
            scipy.io.savemat(self.path / name, arrays, do_compression=True)
        for name, text in self.texts.items():
            (self.path / name).write_text(text, encoding="utf-8")
        if self.model is not None:
            onnx.save(self.model, self.path / "network.onnx")
        if hasattr(self, "mat_network"):
            mat.write(self.path / "network.mat", {"net": self.mat_network})
        text = json.dumps(self.manifest)
        (self.path / "manifest.json").write_text(text, encoding="utf-8")
        return self.path


def _mat_layers(net):
    kernel = net.kernel.transpose(2, 3, 1, 0)
    normalization = {"Type": "zerocenter", "AverageImage": net.mean[None, None].astype(np.float32)}
    classes = pd.Categorical(CLASSES, categories=CLASSES)
    return [
        mat.layer(
            "ImageInputLayer", Name="data", InputSize=list(SIZE), Normalization=normalization
        ),
        mat.layer(
            "Convolution2DLayer", Name="conv_1", FilterSize=[3, 3], NumChannels=SIZE[2],
            NumFilters=len(kernel.T), Stride=[1, 1], DilationFactor=[1, 1], PaddingMode="manual",
            PaddingSize=[1, 1, 1, 1], PaddingValue=0, Weights=mat.learnable(kernel),
            Bias=mat.learnable(net.bias[None, None]),
        ),
        mat.layer("ReLULayer", Name="relu_1"),
        mat.layer("GlobalAveragePooling2DLayer", Name="gap"),
        mat.layer(
            "FullyConnectedLayer", Name="fc", InputSize=net.fc.shape[1], OutputSize=len(CLASSES),
            Weights=mat.learnable(net.fc), Bias=mat.learnable(net.fc_bias[:, None]),
        ),
        mat.layer("SoftmaxLayer", Name="prob", VectorFormat=True),
        mat.layer("ClassificationOutputLayer", Name="out", Categories=classes),
    ]  # fmt: skip
