"""Outlines with fewer points: the same shapes, drawn by fewer lines and quadratic curves.

A digitised outline has a point wherever the tracing turned by a hair. Here every contour is drawn again through a
choice of its own points. Between two chosen points stands a straight line, one quadratic curve, or two that join
smoothly in the middle (which TrueType stores as two control points); the choice is the cheapest, by the number of
points, of all whose distance from the old outline is nowhere over the tolerance, measured from the old outline to the
new and from the new to the old. Corners stay corners. Contours keep their order and direction, advances and
composites stay as they are. The same font gives the same outlines.
"""
import numpy as np
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates, flagOnCurve, flagOverlapSimple

LONGEST = 24           # segments of the old outline that one new piece may replace
SAMPLES = 8            # points at which each old segment is compared
PIECES = 16            # pieces in which a new curve is compared
CORNER = 0.77          # cosine of the turn, 40 degrees, from which a point is a corner
LEG = 3.0              # tolerances before and after a point within which its turn is measured
AREA = 0.01            # part of its area that a contour may gain or lose
CLOSE = 0.2            # what being a whole tolerance off counts for, in points
BATCH = 4000           # old segments fitted at once


def simplify(font, tolerance):
    """Redraws the simple glyphs of `font`, nowhere further than `tolerance` units from what they were."""
    glyf = font["glyf"]
    batch, size = [], 0
    for name in font.getGlyphOrder():
        glyph = glyf[name]
        if glyph.numberOfContours <= 0: continue
        contours = read(glyph)
        batch.append((glyph, contours)); size += sum(len(c) for c in contours)
        if size > BATCH:
            redraw(glyf, batch, tolerance)
            batch, size = [], 0
    redraw(glyf, batch, tolerance)
    for name in font.getGlyphOrder():      # a glyph is drawn from its left side bearing: it has to follow the outline
        glyph = glyf[name]
        if glyph.numberOfContours == 0: continue
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)


def redraw(glyf, batch, tolerance):
    new = iter(fit_all([c for _, contours in batch for c in contours], tolerance))
    for glyph, contours in batch:
        write(glyf, glyph, [next(new) for _ in contours])


def explicit(points):
    """A contour's points (x, y, on the curve or not) with those written out that TrueType leaves to be implied."""
    out = []
    for i, (x, y, on) in enumerate(points):
        px, py, before = points[i - 1]
        if not on and not before: out.append(((x + px) / 2, (y + py) / 2, 1))
        out.append((x, y, on))
    return out


class Contour:
    """A closed outline as its on-curve points (nodes), each with the control of the segment that follows it.

    A straight segment has its middle for a control, so that all are curves to those who measure.
    """

    def __init__(self, points):
        self.points = points
        full = explicit(points)
        first = next((i for i, (_, _, on) in enumerate(full) if on), 0)
        full = full[first:] + full[:first + 1]
        nodes, controls, self.curved = [], [], []
        for (x, y, on), (nx, ny, next_on) in zip(full, full[1:]):
            if not on: continue
            if next_on and (x, y) == (nx, ny): continue      # points that repeat say nothing
            nodes.append((x, y)); self.curved.append(not next_on)
            controls.append(((x + nx) / 2, (y + ny) / 2) if next_on else (nx, ny))
        self.nodes, self.controls = np.array(nodes, float).reshape(-1, 2), np.array(controls, float).reshape(-1, 2)
        p, c, e = self.nodes[:, None], self.controls[:, None], np.roll(self.nodes, -1, 0)[:, None]
        t = (np.arange(SAMPLES) / SAMPLES)[None, :, None]
        self.samples = (1 - t) ** 2 * p + 2 * t * (1 - t) * c + t ** 2 * e
        self.sag = np.hypot(*(p - 2 * c + e)[:, 0].T) / 4 / SAMPLES ** 2      # the curve's bulge between two samples

    def __len__(self): return len(self.nodes)

    def corners(self, reach):
        """Which nodes are corners (sharper than CORNER, and the sharpest within `reach`), and the cosine of each turn."""
        outline = self.samples.reshape(-1, 2)
        closed = np.vstack([outline, outline[:1]])
        at = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
        node = at[:-1:SAMPLES]
        along = lambda s: np.stack([np.interp(s % at[-1], at, closed[:, d]) for d in (0, 1)], -1)
        reach = min(reach, at[-1] / 8)
        before, after = self.nodes - along(node - reach), along(node + reach) - self.nodes
        norms = np.hypot(*before.T) * np.hypot(*after.T)
        cos = (before * after).sum(1) / np.where(norms > 0, norms, 1)
        away = np.abs(node[:, None] - node[None, :])
        near = np.minimum(away, at[-1] - away) < reach
        sharpest = np.where(near, cos[None, :], 2).min(1)
        return (cos < CORNER) & (cos <= sharpest), cos


def read(glyph):
    points = [(x, y, flag & flagOnCurve) for (x, y), flag in zip(glyph.coordinates, glyph.flags)]
    start, out = 0, []
    for end in glyph.endPtsOfContours:
        out.append(Contour(points[start:end + 1]))
        start = end + 1
    return out


def write(glyf, glyph, contours):
    points = [p for c in contours for p in c]
    glyph.coordinates = GlyphCoordinates([(x, y) for x, y, _ in points])
    overlap = glyph.flags[0] & flagOverlapSimple
    glyph.flags = bytearray(on for _, _, on in points)
    glyph.flags[0] |= overlap
    glyph.endPtsOfContours = [int(e) - 1 for e in np.cumsum([len(c) for c in contours])]


def fit_all(contours, tolerance):
    """Each contour's new points. One whose area changes too much is fitted more closely; at last it stays as it is."""
    out = [c.points for c in contours]
    left = [i for i, c in enumerate(contours) if len(c) >= 3]
    for tol in (tolerance, tolerance / 2, tolerance / 4):
        if not left: break
        again = []
        for i, new in zip(left, fit([contours[i] for i in left], tol)):
            old = area(contours[i].points)
            if len(new) < 3 or abs(area(new) - old) > AREA * abs(old): again.append(i)
            elif len(new) <= len(contours[i].points): out[i] = new
        left = again
    return out


def area(points):
    """Twice the signed area inside a closed outline of lines and quadratic curves."""
    total, full = 0.0, explicit(points)
    for i, (x, y, on) in enumerate(full):
        qx, qy, _ = full[(i + 1) % len(full)]
        total += x * qy - qx * y
        if not on:      # a curve holds two thirds of the triangle of its ends and its control
            px, py, _ = full[i - 1]
            total -= ((x - px) * (qy - py) - (qx - px) * (y - py)) / 3
    return total


def fit(contours, tol):
    """Each contour's new points: tries all runs of segments of all contours at once, the short ones first."""
    nodes, controls, samples, sag = (np.concatenate([getattr(c, what) for c in contours])
                                     for what in ("nodes", "controls", "samples", "sag"))
    corner, cos = (np.concatenate(a) for a in zip(*(c.corners(LEG * tol) for c in contours)))
    ends = np.floor(nodes + 0.5)      # implied points may lie on halves
    lengths = np.array([len(c) for c in contours])
    starts = np.cumsum(lengths) - lengths
    start, length = np.repeat(starts, lengths), np.repeat(lengths, lengths)
    after = lambda i, k: start[i] + (i - start[i] + k) % length[i]
    # What may follow each node: (segments replaced, cost, controls). The old segment always may.
    pieces = [[(1, 2, ((int(c[0]), int(c[1])),))] if curved else [(1, 1, ())]
              for c, curved in zip(controls, (v for c in contours for v in c.curved))]
    ids, going = np.arange(len(nodes)), np.ones(len(nodes), bool)
    longest = np.ones(len(nodes), int)
    for k in range(2, LONGEST + 1):
        going &= ~corner[after(ids, k - 1)] & (length > k) & (longest >= k - 3)
        from_ = ids[going]
        if not len(from_): break
        replaced = after(from_[:, None], np.arange(k)[None, :])
        run = np.concatenate([samples[replaced].reshape(len(from_), -1, 2), nodes[after(from_, k)][:, None]], 1)
        room = tol - sag[replaced].max(1)
        a, b = ends[from_], ends[after(from_, k)]
        todo = np.arange(len(from_))
        for count in (0, 1, 2):
            drawn, off = line(run[todo], a[todo], b[todo]) if not count else \
                curve(run[todo], a[todo], b[todo], count, room[todo])
            good = off <= room[todo]
            for i, c, e in zip(from_[todo[good]], drawn[good], off[good]):
                pieces[i].append((k, 1 + count + CLOSE * float(e) / tol, tuple((int(x), int(y)) for x, y in c)))
            longest[from_[todo[good]]] = k
            todo = todo[~good]
            if not len(todo): break
    for c, s in zip(contours, starts):
        yield cheapest(ends[s:s + len(c)], pieces[s:s + len(c)], int(np.argmin(cos[s:s + len(c)])))


def line(run, a, b):
    """The straight lines from `a` to `b`, which have no controls, and how far off the sampled `run`s they are."""
    return np.zeros((len(run), 0, 2)), to_polyline(run, np.stack([a, b], 1))[0].max(1)


BASIS = {      # the weights of start, controls and end at each u from 0 to 1
    1: lambda u: np.stack([(1 - u) ** 2, 2 * u * (1 - u), u ** 2], -1),
    2: lambda u: np.where(
        (u < 0.5)[..., None],
        np.stack([(1 - 2 * u) ** 2, 4 * u * (1 - 2 * u) + 2 * u ** 2, 2 * u ** 2, 0 * u], -1),
        np.stack([0 * u, 2 * (1 - u) ** 2, 2 * (1 - u) ** 2 + 2 * (2 * u - 1) * (2 - 2 * u), (2 * u - 1) ** 2], -1)),
}


def curve(run, a, b, count, room):
    """The controls, `count` of them, of the curves from `a` to `b` closest to the sampled `run`s (least squares), and
    how far off they are."""
    steps = np.hypot(*np.moveaxis(np.diff(run, axis=1), 2, 0))
    weight = np.zeros(run.shape[:2])
    weight[:, 1:] += steps; weight[:, :-1] += steps
    u = np.concatenate([np.zeros((len(run), 1)), np.cumsum(steps, 1)], 1)
    u /= u[:, -1:]
    grid = BASIS[count](np.linspace(0, 1, PIECES + 1))
    controls, err = np.zeros((len(run), count, 2)), np.full(len(run), np.inf)
    rows = np.arange(len(run))
    for _ in range(3):
        basis = BASIS[count](u)
        rest = run[rows] - basis[..., :1] * a[rows][:, None] - basis[..., -1:] * b[rows][:, None]
        m, w = basis[..., 1:-1], weight[rows]
        v = np.einsum("ns,nsc,nsd->ncd", w, m, rest)
        g = np.einsum("ns,nsc,nse->nce", w, m, m)
        if count == 1: c = v / np.maximum(g[:, 0], 1e-9)[..., None]
        else:
            det = np.maximum(g[:, 0, 0] * g[:, 1, 1] - g[:, 0, 1] ** 2, 1e-9)[:, None]
            c = np.stack([(g[:, 1, 1, None] * v[:, 0] - g[:, 0, 1, None] * v[:, 1]) / det,
                          (g[:, 0, 0, None] * v[:, 1] - g[:, 0, 1, None] * v[:, 0]) / det], 1)
        c = np.floor(c + 0.5)
        drawn = np.einsum("pc,ncd->npd", grid, np.concatenate([a[rows][:, None], c, b[rows][:, None]], 1))
        there, where = to_polyline(run[rows], drawn)
        bulge = np.hypot(*np.moveaxis(np.diff(drawn, 2, axis=1), 2, 0)).max(1) / 8
        there = there.max(1) + bulge
        e, near = there.copy(), there <= room[rows]
        if near.any(): e[near] = np.maximum(e[near], to_polyline(drawn[near], run[rows[near]])[0].max(1))
        better = e < err[rows]
        controls[rows[better]], err[rows[better]] = c[better], e[better]
        # A near miss is tried again, each sample now compared with the place that was nearest to it.
        go = (err[rows] > room[rows]) & (there < 4 * room[rows] + 1)
        if not go.any(): break
        rows, u = rows[go], where[go] / PIECES
    return controls, err


def to_polyline(points, line):
    """How far each of `points` is from `line`, and where on it the nearest place is (vertex number plus fraction)."""
    p, d = line[:, :-1], np.diff(line, axis=1)
    sq = np.maximum((d ** 2).sum(-1), 1e-12)
    rx, ry = (points[:, :, None, i] - p[:, None, :, i] for i in (0, 1))
    dx, dy = d[:, None, :, 0], d[:, None, :, 1]
    t = np.clip((rx * dx + ry * dy) / sq[:, None], 0, 1)
    dist = (rx - t * dx) ** 2 + (ry - t * dy) ** 2
    best = dist.argmin(2)[..., None]
    return np.sqrt(np.take_along_axis(dist, best, 2)[..., 0]), (best + np.take_along_axis(t, best, 2))[..., 0]


def cheapest(ends, pieces, first):
    """The points of the cheapest way round from node `first` back to it."""
    n = len(ends)
    cost, way = [0.0] + [float("inf")] * n, [None] * (n + 1)
    for at in range(n):
        for k, price, controls in pieces[(first + at) % n]:
            if at + k <= n and cost[at] + price < cost[at + k]:
                cost[at + k], way[at + k] = cost[at] + price, (at, controls)
    parts, at = [], n
    while at:
        back, controls = way[at]
        parts.append((back, controls)); at = back
    parts.reverse()
    out = []
    for j, (at, controls) in enumerate(parts):
        x, y = (int(v) for v in ends[(first + at) % n])
        before = parts[j - 1][1]
        implied = before and controls and all(p + q == 2 * at for p, q, at in zip(before[-1], controls[0], (x, y)))
        if not implied: out.append((x, y, 1))
        out += [(cx, cy, 0) for cx, cy in controls]
    return out
