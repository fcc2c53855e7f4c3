using Braid.Gateway.Web.Login;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary><c>GET .../commits/C/content?path=</c>: the bytes of a file, as <see cref="FileAnswer"/> sends them.</summary>
internal sealed class ContentEndpoint(WebRooms rooms, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var asked = await new RepoAnswer(session).FindAsync(context);
        if (!asked.TryGet(out var question, out var bad))
        {
            await Answer.SendAsync(context, bad);
            return;
        }

        // A path, never a pattern: names may hold signs that patterns are made of.
        var (caller, at) = question;
        var found = await rooms.Data.Files.InspectAsync(caller, at, context.RequestAborted);
        var opened = found.Then(file => rooms.Data.Files.Open(caller, file));
        if (!opened.TryGet(out var content, out var missing))
        {
            await Answer.SendAsync(context, missing);
            return;
        }

        await FileAnswer.SendAsync(
            context,
            content.OpenRead(),
            content.Entry.Name,
            content.Commit.Finished ?? content.Commit.Started,
            $"{content.Entry.ContentHash}"
        );
    }
}
