using System.Globalization;
using Braid.Access.Callers;
using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Workloads.Replaying;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>
/// Projects and departments: <c>GET /api/shares</c> lists them with what they may have and what they have, <c>POST</c> makes one,
/// <c>PATCH /api/shares/NAME</c> changes its terms, <c>DELETE</c> removes it. Changes are for administrators. <c>GET /api/shares/fair</c>
/// says what each has a right to now, by the decision that is made every second; <c>GET /api/shares/history?since=86400</c> what each had, from
/// so many seconds ago until now.
/// </summary>
internal sealed class ShareEndpoints(WebRooms rooms, RecordAnswer answer)
{
    private static readonly TimeSpan usualPast = TimeSpan.FromDays(1);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.ShareListRecord,
            async caller =>
            {
                var ct = context.RequestAborted;
                var shares = await rooms.Workloads.Shares.ListAsync(ct);
                var standing = await Standing.ReadAsync(rooms.Workloads, caller, ct);
                var queues = await QueueNamesAsync(caller, shares, ct);
                return (standing.Error ?? queues.Error) is { } refused
                    ? refused
                    : new ShareListRecord([
                        .. shares.Select(share => Write(share, shares, standing.Value, queues.Value)),
                    ]);
            }
        );

    public Task FairAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.FairShareListRecord,
            async caller =>
            {
                var found = await rooms.Workloads.Questions.FairSharesAsync(caller, context.RequestAborted);
                return found.Select(all => new FairShareListRecord([
                    .. all.Select(one => new FairShareRecord(one.Share, ShareWriting.Write(one.Parts))),
                ]));
            }
        );

    public Task HistoryAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.UseOverTimeRecord,
            async caller =>
            {
                var past =
                    double.TryParse(context.Request.Query["since"], CultureInfo.InvariantCulture, out var seconds)
                    && double.IsFinite(seconds)
                        ? Seconds.Of(seconds) ?? TimeSpan.Zero
                        : usualPast;
                return (await rooms.Workloads.Past.UseAsync(caller, past, context.RequestAborted)).Select(Write);
            }
        );

    public Task CreateAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, WorkloadRecordsJson.Default.NewShareRecord);
                return body.TryGet(out var share, out var wrong)
                    ? (await rooms.Workloads.Shares.CreateAsync(caller, Read(share), context.RequestAborted)).Select(
                        _ => Unit.Value
                    )
                    : wrong;
            }
        );

    public Task ChangeAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, WorkloadRecordsJson.Default.ShareTermsRecord);
                if (!body.TryGet(out var terms, out var wrong))
                {
                    return wrong;
                }

                var changed = await rooms.Workloads.Shares.ChangeAsync(
                    caller,
                    NameOf(context),
                    now => ShareWriting.Change(now, terms),
                    context.RequestAborted
                );
                return changed.Select(_ => Unit.Value);
            }
        );

    public Task DeleteAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            caller => rooms.Workloads.Shares.DeleteAsync(caller, NameOf(context), context.RequestAborted)
        );

    private static string NameOf(HttpContext context) => (string?)context.Request.RouteValues["name"] ?? "";

    private static NewShare Read(NewShareRecord share) =>
        new(share.Name, share.Parent, share.Queue)
        {
            Namespace = share.Namespace,
            Terms = ShareWriting.Change(new(), share.Terms),
        };

    private async Task<Result<Dictionary<QueueId, string>>> QueueNamesAsync(
        Caller caller,
        IReadOnlyList<Share> shares,
        CancellationToken ct
    )
    {
        var query = new QueueQuery
        {
            Ids = [.. shares.Where(share => share.HasQueue).Select(share => share.Id)],
            MostEntries = 0,
        };
        var queues = await rooms.Queues.ListAsync(caller, query, ct);
        return queues.Select(page => page.Items.ToDictionary(queue => queue.Id, queue => queue.Name));
    }

    private static UseOverTimeRecord Write(UseOverTime use) =>
        new(
            use.Since,
            use.Step.TotalSeconds,
            [
                .. use.Shares.Select(share => new ShareUseRecord(
                    share.Share,
                    [.. share.Means.Select(ShareWriting.Write)]
                )),
            ]
        );

    private static ShareRecord Write(
        Share share,
        IReadOnlyList<Share> all,
        Standing standing,
        Dictionary<QueueId, string> queues
    )
    {
        var family = Family(share.Name, all);
        var live = standing.Live.Where(one => family.Contains(one.Workload.Share)).ToList();
        return new()
        {
            Name = share.Name,
            Parent = share.Parent,
            // A queue that was deleted since has no name any more.
            Queue = share.HasQueue ? queues.GetValueOrDefault(share.Id) : null,
            Namespace = share.Namespace,
            Created = share.Created,
            IsDepartment = family.Count > 1,
            Terms = ShareWriting.Write(share.Terms),
            Held = ShareWriting.Write(Sum(live.Select(one => one.Facts.Held))),
            Wanted = ShareWriting.Write(Sum(live.Select(one => one.Facts.Wanted))),
            Running = live.Count(one => one.Facts.Places.Count > 0),
            Waiting = live.Count(one => one.Facts.Places.Count == 0 && one.Workload.State == WorkloadState.Pending),
        };
    }

    /// <summary>A share and its parts, and theirs.</summary>
    private static HashSet<string> Family(string name, IReadOnlyList<Share> all)
    {
        var family = new HashSet<string>(StringComparer.Ordinal) { name };
        while (all.Count(share => share.Parent is { } parent && family.Contains(parent) && family.Add(share.Name)) > 0)
        {
            // One level deeper with each turn.
        }

        return family;
    }

    private static MachineParts Sum(IEnumerable<MachineParts> parts) =>
        parts.Aggregate(default(MachineParts), (sum, part) => sum + part);
}
