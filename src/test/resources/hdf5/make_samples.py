"""Writes samples.zip: one small network in the variants of HDF5 that h5py can write.

Usage: python make_samples.py (h5py 3.16 with HDF5 2.0, NumPy)
"""

import io
import zipfile

import h5py
import numpy as np

LENGTH, CELLS, CLASSES = 8, 2, 2
FILTERS, KERNELS = (3, 2, 3), (8, 5, 3)


def layers():
    random = np.random.default_rng(7)
    draw = lambda *shape: random.uniform(0.1, 1, shape).astype("f4")
    channels = 1
    for block, (filters, kernel) in enumerate(zip(FILTERS, KERNELS), 1):
        yield f"conv1d_{block}", {"kernel:0": draw(kernel, channels, filters), "bias:0": np.zeros(filters, "f4")}
        yield f"batch_normalization_{block}", {
            f"{name}:0": draw(filters) for name in ("gamma", "beta", "moving_mean", "moving_variance")
        }
        channels = filters
    yield "lstm_1", {"kernel:0": draw(LENGTH, 4 * CELLS), "recurrent_kernel:0": draw(CELLS, 4 * CELLS), "bias:0": draw(4 * CELLS)}
    yield "dense_1", {"kernel:0": draw(CELLS + channels, CLASSES), "bias:0": draw(CLASSES)}


def half(array):
    return tuple((size + 1) // 2 for size in array.shape)


def write(dataset=lambda array: {}, cast="<f4", after=lambda file: None, many=0, **how):
    content = io.BytesIO()
    with h5py.File(content, "w", **how) as file:
        named = list(layers())
        file.attrs["layer_names"] = np.array([name.encode() for name, _ in named])
        file.attrs["keras_version"] = b"2.0.8"
        file.attrs["backend"] = b"tensorflow"
        for name, arrays in named:
            group = file.create_group(name)
            group.attrs["weight_names"] = np.array([f"{name}/{array}".encode() for array in arrays])
            for number in range(many):
                group.attrs[f"note{number}"] = number
            for array, values in arrays.items():
                values = values.astype(cast)
                group.create_dataset(f"{name}/{array}", data=values, **dataset(values))
        after(file)
    return content.getvalue()


def samples():
    for version in ("earliest", "v114", "latest"):
        libver = "earliest" if version == "earliest" else (version, version)
        how = {"libver": libver}
        yield f"{version}-contiguous", write(**how)
        yield f"{version}-userblock", write(userblock_size=1024, **how)
        yield f"{version}-many-attributes", write(many=20, **how)
        yield f"{version}-one-chunk", write(lambda a: {"chunks": a.shape}, **how)
        yield f"{version}-chunks", write(lambda a: {"chunks": half(a)}, **how)
        yield f"{version}-growing", write(lambda a: {"chunks": half(a), "maxshape": (None,) + a.shape[1:]}, **how)
        yield f"{version}-growing-all", write(lambda a: {"chunks": half(a), "maxshape": (None,) * a.ndim}, **how)
        yield f"{version}-gzip", write(lambda a: {"chunks": half(a), "compression": "gzip", "shuffle": True}, **how)
        yield f"{version}-lzf", write(lambda a: {"chunks": half(a), "compression": "lzf", "fletcher32": True}, **how)
        yield f"{version}-big-endian", write(cast=">f8", **how)
    yield "latest-float16", write(cast=">f2", libver="latest")
    yield "refused-scale-offset", write(lambda a: {"chunks": a.shape, "scaleoffset": 3})
    yield "refused-soft-link", write(after=lambda file: file.__setitem__("more", h5py.SoftLink("/dense_1")))
    yield "refused-external-link", write(after=lambda file: file.__setitem__("more", h5py.ExternalLink("x.h5", "/")))
    yield "refused-large", write(cast="<f8", after=lambda file: file["dense_1/dense_1/bias:0"].write_direct(np.array([1, 1e300])))


if __name__ == "__main__":
    with zipfile.ZipFile("samples.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in samples():
            archive.writestr(zipfile.ZipInfo(name + ".h5"), content, zipfile.ZIP_DEFLATED)
