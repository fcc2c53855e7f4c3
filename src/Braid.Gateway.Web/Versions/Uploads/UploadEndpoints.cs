using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Uploads;

/// <summary>
/// Files for a branch, in one commit or none. <c>POST .../branches/B/check</c> says whether they could be put, before their bytes are sent;
/// <c>PUT .../branches/B/files</c> puts them: a multipart body whose first part is the list, and whose next parts are the files' bytes,
/// in the order of the list. A request that breaks off leaves nothing.
/// </summary>
internal sealed class UploadEndpoints(WebRooms rooms, BrowserSession session)
{
    private readonly CallerAnswer answer = new(session);

    public Task CheckAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var asked = await JsonBody.ReadAsync(
                    context.Request,
                    VersionRecordsJson.Default.NewFilesRecord,
                    FileParts.MostListBytes
                );
                var checkedFiles = asked.Then(FileParts.Check);
                if (!checkedFiles.TryGet(out var files, out var bad))
                {
                    return bad;
                }

                var begun = await BeginAsync(context, caller, files, ct);
                if (begun.IsOk)
                {
                    begun.Value.Dispose();
                }

                return begun.Select(_ => new JsonObject());
            }
        );

    public Task PutAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                LargeBody.Expect(context);
                var opened = await FileParts.OpenAsync(context.Request, ct);
                return opened.TryGet(out var parts, out var bad) ? await PutAsync(context, caller, parts, ct) : bad;
            }
        );

    private async Task<Result<JsonObject>> PutAsync(
        HttpContext context,
        Caller caller,
        FileParts parts,
        CancellationToken ct
    )
    {
        if (!(await BeginAsync(context, caller, parts.Files, ct)).TryGet(out var begun, out var refused))
        {
            return refused;
        }

        using var edits = begun;
        if ((await parts.ReadAsync((path, bytes) => ReplaceAsync(edits, path, bytes, ct), ct)).Error is { } bad)
        {
            return bad;
        }

        return (await edits.ApplyAsync(ct)).Select(commit => VersionJson.Write(commit, null));
    }

    private async Task<Result<FileEdits<Commit>>> BeginAsync(
        HttpContext context,
        Caller caller,
        NewFilesRecord files,
        CancellationToken ct
    ) =>
        Asked.Branch(context).TryGet(out var branch, out var bad)
            ? await rooms.Data.Files.EditAsync(
                caller,
                branch.Repo,
                CommitSpec.OfBranch(branch.Name),
                files.Message ?? "",
                ct
            )
            : bad;

    private static async Task<Result<Unit>> ReplaceAsync(
        FileEdits<Commit> edits,
        string path,
        Stream bytes,
        CancellationToken ct
    )
    {
        var removed = await edits.DeleteAsync(path, ct);
        return removed.IsOk ? await edits.AppendAsync(path, bytes, ct) : removed;
    }
}
