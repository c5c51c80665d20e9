"""Functions that matxai lacks on purpose, and what to write in their place."""

from __future__ import annotations

from matxai.port import syntax

__all__ = ["ADVICE", "file_of_matlab", "why_absent"]

_GROUPS = {
    "{name} opens a dialog: write the name of the file and its folder in its place": (
        "uigetfile uiputfile"
    ),
    "{name} opens a dialog: write the folder in its place": "uigetdir",
    "{name} opens a dialog: write imwrite(X, 'name.png') in its place": "imsave",
    "{name} opens a dialog: write imread('name.png') in its place": "imgetfile",
    "{name} opens a dialog: write what would be typed in, or Python's input('question: ')": (
        "inputdlg"
    ),
    "{name} opens a dialog: write the choice in its place, or Python's input('question: ')": (
        "questdlg listdlg menu uisetcolor"
    ),
    "{name} opens a window with a text: write disp or warning of the text in its place": (
        "msgbox helpdlg warndlg errordlg"
    ),
    "{name} opens a window that shows progress: leave it out, or write fprintf in its place": (
        "waitbar"
    ),
    "{name} waits for what is typed in: write the value in its place, or Python's "
    "float(input('question: '))": "input",
    "{name} waits for the mouse: write the coordinates in its place": (
        "ginput getpts getrect imrect imfreehand roipoly drawrectangle drawfreehand drawpolygon"
    ),
    "{name} makes an app, which is a program of its own: keep what it computes as a function": (
        "uifigure uicontrol uipanel uimenu uiwait uiresume guidata guihandles gui_mainfcn"
    ),
    "there is no folder of MATLAB's here: write the path of a copy of the file": (
        "matlabroot toolboxdir"
    ),
    "{name} tells of MATLAB's release, and there is none: leave it out": (
        "ver version verLessThan isMATLABReleaseOlderThan"
    ),
    "{name} writes a spreadsheet: write writematrix(A, 'name.csv') or writetable in its place": (
        "xlswrite"
    ),
    "{name} reads a spreadsheet: save it as text and write readmatrix('name.csv') in its place": (
        "xlsread"
    ),
    "{name} trains: matxai explains networks that are trained; fromTorch takes those of PyTorch": (
        "trainNetwork trainnet trainingOptions fitcecoc fitcnet"
    ),
}
ADVICE = {name: text.format(name=name) for text, names in _GROUPS.items() for name in names.split()}


def why_absent(name: str) -> str:
    """Say that a function is not there, and what to write in its place."""
    return ADVICE.get(name, f"{name} is not in matxai")


def file_of_matlab(nodes: tuple[syntax.Expression, ...]) -> str:
    """Say what to write in place of ``fullfile(matlabroot, …)``; nothing for other paths."""
    if not nodes or not _is_root(nodes[0]):
        return ""
    parts = [node.value for node in nodes[1:] if isinstance(node, syntax.Text)]
    if len(parts) < len(nodes) - 1 or not parts:
        return ADVICE["matlabroot"]
    return (
        f"{'/'.join(parts)} is in a folder of MATLAB's: copy it, and write its new path in place "
        f"of fullfile(matlabroot, …)"
    )


def _is_root(node: syntax.Expression) -> bool:
    if isinstance(node, syntax.Apply):
        node = node.base
    return isinstance(node, syntax.Name) and node.name in ("matlabroot", "toolboxdir")
