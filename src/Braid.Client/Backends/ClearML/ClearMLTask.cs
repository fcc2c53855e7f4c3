namespace Braid.Client.Backends.ClearML;

/// <summary>A task on the server, and where its files go.</summary>
internal sealed record ClearMLTask(
    string Id,
    string Name,
    string? ProjectId,
    string? ProjectName,
    IReadOnlyList<string> Tags
)
{
    /// <summary>The SDK's layout: <c>PROJECT/NAME.ID/artifacts/...</c>.</summary>
    public string FileFolder
    {
        get
        {
            var own = $"{ContentFiles.SafePart(Name)}.{Id}";
            return ProjectName is null ? own : $"{ContentFiles.Safe(ProjectName)}/{own}";
        }
    }

    /// <summary>A name as the API takes it: three characters at least.</summary>
    public static string NameOf(string name) => name.Trim().PadRight(3, '_');
}
