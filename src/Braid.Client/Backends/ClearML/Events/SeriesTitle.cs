namespace Braid.Client.Backends.ClearML.Events;

/// <summary>A series' name as ClearML's title and series, split as a Braid server splits MLflow's keys, so that one name is one series.</summary>
internal readonly record struct SeriesTitle(string Title, string Series)
{
    public static SeriesTitle Of(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash <= 0 || slash == name.Length - 1 ? new(name, name) : new(name[..slash], name[(slash + 1)..]);
    }
}
