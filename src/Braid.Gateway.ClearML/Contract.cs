namespace Braid.Gateway.ClearML;

/// <summary>What this server says it is, in tokens and in <c>server.info</c>; clients choose their calls by it.</summary>
internal static class Contract
{
    /// <summary>The release of ClearML's server whose behaviour clients may expect.</summary>
    public const string ServerVersion = "2.3.0";

    public const string ServerBuild = "braid";

    /// <summary>Keeps clients from calling endpoints that only the commercial edition has.</summary>
    public const string FeatureSet = "basic";

    /// <summary>The one company there is.</summary>
    public const string Company = "d1bd92a3b039400cbafc60a7a5b1e52b";

    public const string CompanyName = "Braid";

    public static string ApiVersion { get; } = Routing.ApiVersion.Newest.ToString();
}
