namespace Braid.Access.Credentials;

/// <summary>What a valid token of this server says.</summary>
/// <param name="AccessKey">The key pair that the token stands for: it is worth nothing without.</param>
/// <param name="Session">Shared by a token and those it was renewed to; null in tokens of older servers.</param>
/// <param name="User">Another user than the pair's owner: an administrator had the token made for them.</param>
internal sealed record SignedToken(string AccessKey, string? Session, string? User, DateTimeOffset Expires);
