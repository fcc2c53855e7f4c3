namespace Braid.Gateway.ClearML.Replies;

/// <summary>System tags that mean something to clients.</summary>
internal static class SystemTags
{
    /// <summary>Was put away.</summary>
    public const string Archived = "archived";

    /// <summary>Is only listed when it is asked for.</summary>
    public const string Hidden = "hidden";

    /// <summary>Its artifacts are a version of a data set.</summary>
    public const string Dataset = "dataset";

    /// <summary>Is run by a person's hand; what a worker is to run is not.</summary>
    public const string Development = "development";
}
