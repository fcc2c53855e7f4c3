using Braid.Data.Content;

namespace Braid.Data.Remote;

/// <summary>
/// What a URL points at. Members throw what the other side does to them: <see cref="IOException"/>,
/// <see cref="HttpRequestException"/>, the S3 client's exceptions.
/// </summary>
internal interface IRemotePlace : IDisposable
{
    /// <summary>The file, or with <paramref name="recursive"/> all files below, in the order of their names.</summary>
    IAsyncEnumerable<RemoteFile> ListAsync(bool recursive, CancellationToken ct);

    /// <summary>Writes a file below.</summary>
    /// <param name="name">As <see cref="RemoteFile.Name"/>.</param>
    Task WriteAsync(string name, OpenedFile file, CancellationToken ct);
}
