"""imageLIME against bare scoring, and against the peers on the same segments."""

import contextlib
import importlib.util
import io

import numpy as np

import matxai

from .measuring import Row, Target, best_batch, rounds_of, seconds_of

TABLE = "lime"
BARE = {"squeezenet1_1": Target(1.10, at_most=True), "googlenet": Target(1.05, at_most=True)}
PEER = {"squeezenet1_1": Target(4), "googlenet": Target(2.5)}
# Bare scoring is measured on no more images.
MOST_BARE = 512


def rows(subject, given):
    samples, few = subject.samples(given.samples), subject.peer_samples(given.samples)
    engine = subject.net.engine("cpu")
    batch = best_batch(engine, subject.image)
    features = matxai.superpixels(subject.X, 49)
    peers = {"Captum Lime": captum_lime, "lime": lime_image}
    if importlib.util.find_spec("dianna"):
        peers["DIANNA LIME"] = dianna_lime
    bare = min(samples, MOST_BARE)
    contestants = {
        "bare": (lambda: score_bare(engine, subject.image, batch, bare), samples / bare),
        "imageLIME": (
            lambda: matxai.imageLIME(
                subject.net, subject.X, subject.channel, NumSamples=samples, Rng=0
            ),
            1,
        ),
    }
    for name, peer in peers.items():
        contestants[name] = peer(subject, features, few), samples / few
    times = rounds_of(contestants, given.rounds)
    ours, name = times["imageLIME"], subject.name
    what = f"imageLIME, {samples} samples / bare ONNX Runtime, batches of {batch}"
    yield Row(TABLE, what, name, ours / times["bare"], BARE.get(name))
    for peer in peers:
        yield Row(TABLE, f"{peer} / imageLIME", name, times[peer] / ours, PEER.get(name))


def score_bare(engine, image, size, count):
    batch = np.repeat(image[np.newaxis], size, axis=0)
    for _ in range(count // size):
        engine(batch)


def torch_scores(subject):
    """Return what scores N×H×W×C with the network in eager torch."""
    import torch

    def score(images):
        batch = np.ascontiguousarray(np.asarray(images).transpose(0, 3, 1, 2), np.float32)
        with torch.inference_mode():
            return subject.module(torch.from_numpy(batch)).numpy()

    return score


def torch_batch(subject):
    score = torch_scores(subject)
    image = np.ascontiguousarray(subject.X)
    return best_batch(score, image, sizes=(1, 4, 8, 16), tries=2)


def quietly(run):
    """Keep bars of progress off the screen."""

    def quiet():
        with contextlib.redirect_stderr(io.StringIO()):
            run()

    return quiet


def captum_lime(subject, features, samples):
    """Captum's Lime with a lasso of the same strength, at the fastest of some batch sizes."""
    import torch
    from captum._utils.models.linear_model import SkLearnLasso
    from captum.attr import Lime

    image = torch.from_numpy(subject.image[np.newaxis])
    mask = torch.from_numpy(features - 1)[None, None]
    explainer = Lime(subject.module, SkLearnLasso(alpha=1 / samples))

    def run(batch, samples=samples):
        with torch.inference_mode():
            return explainer.attribute(
                image, target=subject.channel - 1, feature_mask=mask, n_samples=samples,
                perturbations_per_eval=batch,
            )  # fmt: skip

    run(4, 16)
    few = 2 * max(1, samples // 4)
    best = min((4, 8, 16), key=lambda batch: seconds_of(lambda: run(batch, few)))
    return lambda: run(best)


def lime_image(subject, features, samples):
    """lime.lime_image on the network in eager torch, at its fastest batch size."""
    from lime.lime_image import LimeImageExplainer

    score, batch = torch_scores(subject), torch_batch(subject)
    return quietly(lambda: LimeImageExplainer(random_state=0).explain_instance(
        subject.X.astype(np.float64), score, top_labels=1, num_samples=samples, batch_size=batch,
        random_seed=0, segmentation_fn=lambda image: features - 1,
    ))  # fmt: skip


def dianna_lime(subject, features, samples):
    """DIANNA's LIME, given the network in eager torch."""
    from dianna.methods.lime_image import LIMEImage

    score, batch = torch_scores(subject), torch_batch(subject)
    explainer = LIMEImage(axis_labels={2: "channels"}, random_state=0)
    return quietly(lambda: explainer.explain(
        score, subject.X.astype(np.float64), [subject.channel - 1], num_samples=samples,
        batch_size=batch, segmentation_fn=lambda image: features - 1, return_masks=False,
    ))  # fmt: skip
