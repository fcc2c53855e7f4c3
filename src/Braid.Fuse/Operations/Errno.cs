namespace Braid.Fuse.Operations;

/// <summary>Why an operation failed, in the kernel's numbers.</summary>
public enum Errno
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>EPERM: never allowed here.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT</summary>
    NotFound = 2,

    /// <summary>EINTR: the caller was interrupted while it waited.</summary>
    Interrupted = 4,

    /// <summary>EIO</summary>
    InputOutput = 5,

    /// <summary>EBADF: an unknown handle.</summary>
    BadHandle = 9,

    /// <summary>EAGAIN</summary>
    Again = 11,

    /// <summary>EACCES</summary>
    AccessDenied = 13,

    /// <summary>EEXIST</summary>
    Exists = 17,

    /// <summary>EXDEV: not within one file system.</summary>
    CrossDevice = 18,

    /// <summary>ENOTDIR</summary>
    NotDirectory = 20,

    /// <summary>EISDIR</summary>
    IsDirectory = 21,

    /// <summary>EINVAL</summary>
    Invalid = 22,

    /// <summary>ENOSPC</summary>
    NoSpace = 28,

    /// <summary>EROFS</summary>
    ReadOnly = 30,

    /// <summary>ERANGE: the caller's buffer is too small.</summary>
    Range = 34,

    /// <summary>ENAMETOOLONG</summary>
    NameTooLong = 36,

    /// <summary>ENOSYS: the kernel does not ask again, or does it by other means.</summary>
    NotImplemented = 38,

    /// <summary>ENOTEMPTY</summary>
    NotEmpty = 39,

    /// <summary>ENODATA: no such extended attribute.</summary>
    NoData = 61,

    /// <summary>EOPNOTSUPP</summary>
    NotSupported = 95,
}
