using System.Globalization;
using Braid.Access.Callers;
using Braid.Gateway.MLflow.Artifacts;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Braid.Gateway.MLflow.Uploads;

/// <summary>
/// Takes a file in parts:
/// <list type="number">
/// <item>a client begins, and is told an address of this server for each part, with a ticket in it;</item>
/// <item>it puts the parts there, several at a time and in any order, and is told a tag for each;</item>
/// <item>it completes with all tags, and the parts become the file; or it aborts, and they go.</item>
/// </list>
/// A ticket lets its holder store parts and no more: to complete asks for credentials again.
/// What is neither completed nor aborted goes when another upload begins after its ticket has expired.
/// </summary>
internal static class MultipartUploads
{
    private const int mostParts = 10_000;

    private static readonly Caller.Internal cleaner = new("uploads");

    public static async Task<Error?> BeginAsync(StreamCall call, CancellationToken ct)
    {
        var read = await ReadAsync(call, ct);
        if (!read.TryGet(out var target, out var error))
        {
            return error;
        }

        var parts = target.Fields.Integer("num_parts") ?? 1;
        if (parts is < 1 or > mostParts)
        {
            target.Fields.Refuse(Errors.Invalid($"num_parts must be between 1 and {mostParts}, got {parts}."));
        }

        if (target.Fields.Problem is { } problem)
        {
            return problem;
        }

        await ForgetExpiredAsync(call, ct);
        var ticket = call.Rooms.Uploads.Issue(call.Rooms.Ids, target.Path, call.Caller);
        var text = call.Rooms.Uploads.Seal(ticket);
        var root = $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.PathBase}";
        await Answers.SendAsync(
            call.Http.Response,
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteString("upload_id", text);
                json.List(
                    "credentials",
                    Enumerable.Range(1, (int)parts),
                    (item, part) =>
                    {
                        item.WriteString("url", $"{root}/api/2.0/mlflow-artifacts/mpu/parts/{part}/{text}");
                        item.WriteNumber("part_number", part);
                        item.Object("headers", Answers.Empty);
                    }
                );
            },
            ct
        );
        return null;
    }

    /// <summary>Whoever has the ticket is its caller.</summary>
    public static async Task<Error?> PutPartAsync(HttpContext http, Rooms rooms, CancellationToken ct)
    {
        http.LiftBodyLimit();
        var number = http.GetRouteValue("part")?.ToString();
        if (rooms.Uploads.Open(http.GetRouteValue("ticket")?.ToString()) is not { } ticket)
        {
            return Access.Errors.BadCredentials();
        }

        if (
            !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            || part is 0 or > mostParts
        )
        {
            return Errors.Invalid($"Part {number} is no part of a file: they have the numbers 1 to {mostParts}.");
        }

        var put = await rooms.Artifacts.PutAsync(
            ticket.Caller,
            ArtifactSpaces.Uploads,
            ArtifactPath.Join(ticket.Id, UploadParts.NameOf(part)),
            http.Request.Body,
            run: null,
            ct
        );
        if (put.TryGet(out var file, out var error))
        {
            http.Response.Headers.ETag = $"\"{file.ContentId}\"";
            http.Response.ContentLength = 0;
        }

        return error;
    }

    public static async Task<Error?> CompleteAsync(StreamCall call, CancellationToken ct)
    {
        var read = await ReadAsync(call, ct);
        if (!read.TryGet(out var target, out var error))
        {
            return error;
        }

        var sent = target.Fields.Objects("parts").Select(UploadParts.Read).OrderBy(part => part.Number).ToList();
        var ticket = TicketOf(call, target);
        if ((target.Fields.Problem ?? ticket.Error) is { } problem)
        {
            return problem;
        }

        var id = ticket.Value.Id;
        var stored = await call.Rooms.Artifacts.ListAsync(call.Caller, ArtifactSpaces.Uploads, id, ct);
        if ((stored.Error ?? UploadParts.Problem(sent, stored.Value)) is { } wrong)
        {
            return wrong;
        }

        var owner = await ArtifactOwner.OfAsync(call, target.Path, ct);
        if (!owner.IsOk)
        {
            return owner.Error;
        }

        await using var whole = new JoinedFiles(call, [.. stored.Value.Select(part => part.Path)]);
        var put = await call.Rooms.Artifacts.PutAsync(
            call.Caller,
            ArtifactSpaces.MLflow,
            target.Path,
            whole,
            owner.Value,
            ct
        );
        return put.Error ?? await ForgetAsync(call, id, ct);
    }

    public static async Task<Error?> AbortAsync(StreamCall call, CancellationToken ct)
    {
        var read = await ReadAsync(call, ct);
        var ticket = read.Then(target => TicketOf(call, target));
        return ticket.IsOk ? await ForgetAsync(call, ticket.Value.Id, ct) : ticket.Error;
    }

    /// <summary>The path of the address is the folder, and the last name of the path that is sent is the file's.</summary>
    private static async Task<Result<UploadTarget>> ReadAsync(StreamCall call, CancellationToken ct)
    {
        var read = await RequestReader.ReadBodyAsync(call.Http, ct);
        if (!read.TryGet(out var fields, out var error))
        {
            return error;
        }

        var name = fields.Required("path").Split('/', '\\')[^1];
        var folder = ArtifactPath.Read(call.Http.GetRouteValue("path")?.ToString());
        var path = folder.Then(place => ArtifactPath.Read(ArtifactPath.Join(place, name)));
        return (fields.Problem ?? path.Error) is { } problem ? problem : new UploadTarget(path.Value, fields);
    }

    private static Result<UploadTicket> TicketOf(StreamCall call, UploadTarget target) =>
        call.Rooms.Uploads.Open(target.Fields.Text("upload_id")) is { } ticket && ticket.Path == target.Path
            ? ticket
            : Errors.Invalid("The upload_id is not of an upload of this file, or has expired. Upload the file again.");

    private static async Task<Error?> ForgetAsync(StreamCall call, string id, CancellationToken ct)
    {
        var gone = await call.Rooms.Artifacts.DeleteAsync(call.Caller, ArtifactSpaces.Uploads, id, ct);
        if (gone.Error is { Kind: not ErrorKind.NotFound } error)
        {
            return error;
        }

        await Answers.SendAsync(call.Http.Response, StatusCodes.Status200OK, Answers.Empty, ct);
        return null;
    }

    private static async Task ForgetExpiredAsync(StreamCall call, CancellationToken ct)
    {
        var uploads = await call.Rooms.Artifacts.ListAsync(cleaner, ArtifactSpaces.Uploads, "", ct);
        foreach (var upload in uploads.IsOk ? uploads.Value : [])
        {
            if (call.Rooms.Uploads.IsOver(upload.Modified))
            {
                await call.Rooms.Artifacts.DeleteAsync(cleaner, ArtifactSpaces.Uploads, upload.Path, ct);
            }
        }
    }

    private sealed record UploadTarget(string Path, Fields Fields);
}
