using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Files;

/// <summary>Paths of the file server: <c>project/task name.task id/artifacts/...</c>.</summary>
internal static class FilePath
{
    /// <summary>What a request's path names, without slashes at the ends.</summary>
    public static string Of(HttpRequest request) => Trim(request.Path.Value ?? "");

    public static string Trim(string path) => path.Trim('/');

    /// <summary>The task whose folder the path is in; null when no segment ends with a task's id.</summary>
    public static RunId? TaskOf(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            var dot = segment.LastIndexOf('.');
            if (dot >= 0 && RunId.TryParse(segment[(dot + 1)..], out var id))
            {
                return id;
            }
        }

        return null;
    }
}
