"""The command ``matxai``: a demo, explanations and conversions without writing Python."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from matxai.commands.crosscheck import run_crosscheck
from matxai.commands.demo import run_demo
from matxai.commands.explain import METHODS, run_explain
from matxai.commands.importing import run_import
from matxai.commands.port import run_port

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows the command's name; by default what it was called with.

    Returns
    -------
    int
        Exit status: 0, or 2 for wrong input; 1 if a cross-check finds a difference or some of
        the MATLAB code is not ported.
    """
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except (ValueError, TypeError, OSError) as error:
        print(f"matxai {given.command}: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    from matxai import __version__

    parser = argparse.ArgumentParser(
        prog="matxai", description="MATLAB's functions that explain deep networks, in Python."
    )
    parser.add_argument("--version", action="version", version=f"matxai {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="explain a photograph with the demo network")
    demo.add_argument("--out", type=Path, default=Path("matxai_demo.png"), help="the figure")
    demo.set_defaults(run=run_demo)

    explain = commands.add_parser(
        "explain",
        help="explain what a network sees in an image",
        description="Explain what a network sees in an image. Writes the map over the image as "
        "PNG and the numbers as a .mat file that MATLAB opens.",
    )
    explain.add_argument(
        "net", metavar="NET", help="ONNX or .mat file, or name of a pretrained network"
    )
    explain.add_argument("image", type=Path, metavar="IMAGE", help="image file")
    explain.add_argument(
        "--method", choices=METHODS, action="append", help="how (default: lime); repeatable"
    )
    what = explain.add_mutually_exclusive_group()
    what.add_argument(
        "--channel", type=int, action="append", metavar="N",
        help="channel to explain, counted from 1 as in MATLAB (default: the highest score); "
        "repeatable",
    )  # fmt: skip
    what.add_argument(
        "--class", dest="label", action="append", metavar="NAME",
        help="class to explain, instead of a channel; repeatable",
    )  # fmt: skip
    explain.add_argument(
        "--classes", type=Path, metavar="FILE", help="text file of the class names, one a line"
    )
    explain.add_argument(
        "--set", dest="options", action="append", default=[], metavar="NAME=VALUE",
        help="option of the method, as in MATLAB: --set NumFeatures=64 --set MaskSize='[20 30]'",
    )  # fmt: skip
    explain.add_argument(
        "--out", type=Path, default=Path("."), metavar="DIR", help="where to write (default: here)"
    )
    explain.set_defaults(run=run_explain)
    _add_import(commands)
    _add_crosscheck(commands)
    _add_port(commands)
    return parser


def _add_import(commands: argparse._SubParsersAction) -> None:
    importing = commands.add_parser(
        "import",
        help="convert a network that MATLAB saved in a .mat file to ONNX",
        description="Convert a network that MATLAB saved in a .mat file to ONNX, or print what is "
        "in the file.",
    )
    importing.add_argument("matfile", type=Path, metavar="FILE", help=".mat file")
    importing.add_argument(
        "-o", "--out", type=Path, metavar="ONNX", help="where to write (default: beside the file)"
    )
    importing.add_argument(
        "--variable", metavar="NAME", help="which network, where there are several: S.net"
    )
    importing.add_argument(
        "--classes", type=Path, metavar="FILE", help="also write the class names, one a line"
    )
    importing.add_argument(
        "--inspect", action="store_true", help="print the variables and layers; write nothing"
    )
    importing.set_defaults(run=run_import)


def _add_crosscheck(commands: argparse._SubParsersAction) -> None:
    checking = commands.add_parser(
        "crosscheck",
        help="compare with what MATLAB computed",
        description="Compute anew what matxaiReference wrote in MATLAB, and say stage by stage "
        "what agrees. The exit status is 0 if nothing differs, 1 if something does, 2 if there is "
        "nothing to compare.",
    )
    checking.add_argument("folder", type=Path, metavar="FOLDER", help="what matxaiReference wrote")
    checking.add_argument("--html", type=Path, metavar="FILE", help="also write a page with maps")
    checking.add_argument("--json", type=Path, metavar="FILE", help="also write all numbers")
    checking.add_argument(
        "--reruns", type=int, default=5, metavar="N",
        help="how often random methods are run here (default: 5)",
    )  # fmt: skip
    checking.add_argument("--quiet", action="store_true", help="do not say what is being done")
    checking.set_defaults(run=run_crosscheck)


def _add_port(commands: argparse._SubParsersAction) -> None:
    porting = commands.add_parser(
        "port",
        help="write MATLAB code as Python code that calls matxai",
        description="Write a MATLAB script, or all MATLAB files of a folder, as Python that calls "
        "matxai, and say what is left to do by hand. The exit status is 0 if all is ported, 1 if "
        "something is left, 2 for wrong input.",
    )
    porting.add_argument("code", type=Path, metavar="FILE|FOLDER", help=".m or .mlx, or a folder")
    porting.add_argument(
        "-o", "--out", type=Path, help="Python file or folder (default: beside the MATLAB file)"
    )
    porting.add_argument("--check", action="store_true", help="only say; write no Python")
    porting.add_argument(
        "--modernize",
        action="store_true",
        help="write newer functions in place of MATLAB's older ones",
    )
    porting.add_argument("--force", action="store_true", help="overwrite what was edited")
    porting.add_argument(
        "--json", type=Path, metavar="FILE", help="also write what is said, for tools; - prints it"
    )
    porting.set_defaults(run=run_port)


if __name__ == "__main__":
    sys.exit(main())
