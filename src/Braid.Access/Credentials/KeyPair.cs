namespace Braid.Access.Credentials;

/// <summary>An access key and its secret, as ClearML, S3 and HTTP Basic carry them.</summary>
public sealed record KeyPair(string AccessKey, string SecretKey)
{
    /// <summary>The secret stays out of logs and messages.</summary>
    public override string ToString() => $"KeyPair {{ AccessKey = {AccessKey} }}";
}
