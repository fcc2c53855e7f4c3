namespace Braid.Data.Remote;

/// <summary>A file somewhere else.</summary>
/// <param name="Name">Its path below what was asked for (<c>a/b</c>); empty for that itself.</param>
/// <param name="OpenAsync">Opens its bytes, from the first to the last.</param>
internal sealed record RemoteFile(string Name, Func<CancellationToken, Task<Stream>> OpenAsync);
