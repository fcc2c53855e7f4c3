using System.Text.Json.Serialization.Metadata;
using Braid.Access.Callers;
using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.Workloads.Explaining;
using Braid.Workloads.Submission;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>
/// <c>GET /api/workloads/WHICH/explain</c>: why a workload waits, by the decision that is made every second. <c>POST /api/whatif</c>
/// with <c>{"quotas": {"team": 8}}</c>, and <c>limits</c>, <c>weights</c>: what would follow now from other terms.
/// <c>POST /api/whatif/replay</c> with <c>since</c>, in seconds, besides: what would have become of the work since then. Nothing changes.
/// </summary>
internal sealed class ExplainEndpoints(WebRooms rooms, RecordAnswer answer)
{
    private static readonly Dictionary<string, double> none = [];

    public Task ExplainAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            WorkloadRecordsJson.Default.ExplanationRecord,
            async caller =>
            {
                var ct = context.RequestAborted;
                var found = await WorkloadChoice.FindAsync(context, rooms, caller);
                if (!found.TryGet(out var id, out var unknown))
                {
                    return unknown;
                }

                var workload = await rooms.Workloads.Workloads.GetAsync(caller, id, ct);
                var explained = await rooms.Workloads.Questions.ExplainAsync(caller, id, ct);
                return (workload.Error ?? explained.Error) is { } refused
                    ? refused
                    : Write(workload.Value, explained.Value);
            }
        );

    public Task SupposeAsync(HttpContext context) =>
        AskAsync(
            context,
            WorkloadRecordsJson.Default.SupposedRecord,
            async (caller, asked) =>
                (await rooms.Workloads.Questions.SupposeAsync(caller, TermsOf(asked), context.RequestAborted)).Select(
                    Write
                )
        );

    public Task ReplayAsync(HttpContext context) =>
        AskAsync(
            context,
            WorkloadRecordsJson.Default.RetrospectRecord,
            async (caller, asked) =>
                (
                    await rooms.Workloads.Past.ReplayAsync(
                        caller,
                        Seconds.Of(asked.Since) ?? TimeSpan.Zero,
                        TermsOf(asked),
                        context.RequestAborted
                    )
                ).Select(RetrospectWriting.Write)
        );

    private Task AskAsync<T>(
        HttpContext context,
        JsonTypeInfo<T> type,
        Func<Caller, SuppositionRecord, Task<Result<T>>> ask
    ) =>
        answer.SendAsync(
            context,
            type,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, WorkloadRecordsJson.Default.SuppositionRecord);
                return body.TryGet(out var asked, out var wrong) ? await ask(caller, asked) : wrong;
            }
        );

    private static SupposedTerms TermsOf(SuppositionRecord asked) =>
        new(asked.Quotas ?? none, asked.Limits ?? none, asked.Weights ?? none);

    private static ExplanationRecord Write(Workload workload, Explanation explanation) =>
        new()
        {
            Id = $"{workload.Id}",
            Name = workload.Name,
            Project = workload.Share,
            Prospect = WorkloadWriting.Word(explanation.Prospect),
            Reasons = Write(explanation.Reasons),
            Ahead = [.. explanation.Ahead.Select(one => one.Name)],
            Changes = explanation.Changes,
            MayTakeLess = !explanation.IsSearchedWhole,
            StartsAt = explanation.Start?.At,
            StartReason = explanation.Start?.Reason ?? "",
            Shares = Write(explanation.Shares),
        };

    private static SupposedRecord Write(Supposition supposition) =>
        new(
            [
                .. supposition.Changes.Select(change => new SupposedChangeRecord(
                    $"{change.Id}",
                    change.Name,
                    change.Share,
                    WorkloadWriting.Word(change.Before.Prospect),
                    WorkloadWriting.Word(change.After.Prospect),
                    Write(change.After.Reasons)
                )),
            ],
            Write(supposition.Before),
            Write(supposition.After)
        );

    private static IReadOnlyList<ReasonRecord> Write(IReadOnlyList<WaitReason> reasons) =>
        [.. reasons.Select(reason => new ReasonRecord(reason.Code, reason.Text))];

    private static IReadOnlyList<StandingRecord> Write(IReadOnlyList<ShareStanding> standings) =>
        [
            .. standings.Select(one => new StandingRecord(
                one.Share,
                one.Quota,
                Math.Round(one.FairShare, 6),
                Math.Round(one.Held, 6),
                Math.Round(one.Wanted, 6)
            )),
        ];
}
