namespace Braid.Gateway.Web.Installations;

/// <summary>What this server was started with, for the page that shows it.</summary>
/// <param name="Settings">In the order of the help text.</param>
/// <param name="Id">32 hex digits that never change.</param>
/// <param name="Doors">Where each door listens, by the protocol's name; known once all are open.</param>
public sealed record Installation(
    IReadOnlyList<Setting> Settings,
    string Id,
    Func<IReadOnlyList<KeyValuePair<string, string>>> Doors
);

/// <summary>An option as it counts.</summary>
/// <param name="Flag">As on the command line.</param>
/// <param name="Variable">The environment variable that stands for it.</param>
/// <param name="Value">Without passwords.</param>
/// <param name="Help">What it is for.</param>
public sealed record Setting(string Flag, string Variable, string Value, SettingSource Source, string Help);

/// <summary>Where a value comes from.</summary>
public enum SettingSource
{
    Default,
    Environment,
    CommandLine,
}
