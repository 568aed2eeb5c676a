"""Asks every window on the screen to close, as the button of its frame does: there is no window manager, which would have one."""

from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

x = CDLL("libX11.so.6")
x.XOpenDisplay.restype = c_void_p
x.XOpenDisplay.argtypes = [c_char_p]
x.XDefaultRootWindow.restype = c_ulong
x.XDefaultRootWindow.argtypes = [c_void_p]
x.XInternAtom.restype = c_ulong
x.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
x.XQueryTree.argtypes = [c_void_p, c_ulong, POINTER(c_ulong), POINTER(c_ulong), POINTER(POINTER(c_ulong)), POINTER(c_uint)]
x.XGetWMProtocols.argtypes = [c_void_p, c_ulong, POINTER(POINTER(c_ulong)), POINTER(c_int)]
x.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
x.XSync.argtypes = [c_void_p, c_int]


class ClientMessage(Structure):
    """XClientMessageEvent, in the space of an XEvent."""

    _fields_ = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("rest", c_long * 12),
    ]


display = x.XOpenDisplay(None)
protocols = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
delete = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)


def visit(window):
    root, parent = c_ulong(), c_ulong()
    children, count = POINTER(c_ulong)(), c_uint()
    atoms, atom_count = POINTER(c_ulong)(), c_int()
    if x.XGetWMProtocols(display, window, byref(atoms), byref(atom_count)) and delete in atoms[: atom_count.value]:
        event = ClientMessage(type=33, window=window, message_type=protocols, format=32)
        event.data[0] = delete
        x.XSendEvent(display, window, 0, 0, byref(event))
    if x.XQueryTree(display, window, byref(root), byref(parent), byref(children), byref(count)):
        for child in children[: count.value]:
            visit(child)


visit(x.XDefaultRootWindow(display))
x.XSync(display, 0)
