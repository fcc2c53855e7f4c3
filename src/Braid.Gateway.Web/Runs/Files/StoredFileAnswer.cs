using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Files;

/// <summary>Sends a file that runs stored, or why it is not there.</summary>
internal static class StoredFileAnswer
{
    public static Task SendAsync(HttpContext context, Result<OpenFile> file) =>
        file.TryGet(out var open, out var refused)
            ? FileAnswer.SendAsync(context, open.Content, open.File.Name, open.File.Modified, open.File.ContentId)
            : Answer.SendAsync(context, refused);

    public static Error NoSuchFile(string path) =>
        new(ErrorKind.NotFound, "web.no-such-file", $"there is no file '{path}' that is stored here");
}
