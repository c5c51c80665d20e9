"""In which section of docs/fidelity.md it stands how far a function is MATLAB's."""

from __future__ import annotations

__all__ = ["FIDELITY"]

_SECTIONS = {
    "imagelime": "imageLIME",
    "gradcam": "gradCAM",
    "gradientattribution": "gradientAttribution",
    "occlusionsensitivity": "occlusionSensitivity",
    "dlarray-dlgradient": "dlarray dlgradient dlfeval",
    "drise": "drise",
    "deepdreamimage": "deepDreamImage",
    "networks": "predict minibatchpredict importNetworkFromONNX importONNXNetwork",
    "labels-dagnetwork-classify-categorical": "classify activations categorical scores2label",
    "changing-networks": "layerGraph removeLayers replaceLayer addLayers connectLayers dlnetwork "
    "dag2dlnetwork assembleNetwork",
    "networks-in-mat-files": "importNetworkFromMAT load",
    "imread-imresize": "imread imresize",
    "superpixels-boundarymask": "superpixels boundarymask",
    "imtile-mat2gray-imfilter-imagedatastore-": "imtile mat2gray imfilter imageDatastore rescale "
    "rgb2gray imfuse labeloverlay imwrite ind2rgb",
    "figure-imshow-imagesc-colormap-": "figure imshow imagesc colormap colorbar montage",
    "fitrtree-predictorimportance": "fitrtree predictorImportance",
    "fitrlinear": "fitrlinear",
    "rng-rand": "rng rand randi randn randperm",
}
FIDELITY = {name: section for section, names in _SECTIONS.items() for name in names.split()}
