using Braid.Agent.Protocol;
using Braid.Primitives;

namespace Braid.Workloads.Tests.Faults;

/// <summary>What is between an agent and its server, and goes wrong as the test says.</summary>
internal sealed class Wire(INodeServer server) : INodeServer
{
    private readonly List<Func<Task>> carried = [];
    private TaskCompletionSource? frozen;
    private TaskCompletionSource? held;
    private int calls;

    /// <summary>Every other request is lost on its way, and of the rest every answer.</summary>
    public volatile bool IsCut;

    /// <summary>Files are answered as by a server whose disk is full.</summary>
    public volatile bool IsFailingFiles;

    /// <summary>Every request arrives twice.</summary>
    public volatile bool IsDoubling;

    /// <summary>Calls that reached the server while the wire was whole, and were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>The agent's process stands still: what it is about to say waits, and what it is told.</summary>
    public void Freeze() => frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var stood = frozen;
        frozen = null;
        stood?.SetResult();
    }

    /// <summary>Answers to questions are under way for long; all else passes them.</summary>
    public void Hold() => held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An answer is under way.</summary>
    public bool IsHolding { get; private set; }

    public void Release() => held?.SetResult();

    /// <summary>All that was ever said, questions apart, arrives once more, in this order.</summary>
    public async Task RepeatAllAsync()
    {
        List<Func<Task>> all;
        lock (carried)
        {
            all = [.. carried];
        }

        foreach (var call in all)
        {
            await call();
        }
    }

    public Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct) =>
        CarryAsync(token => server.RegisterAsync(registration, token), ct);

    public async Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct)
    {
        var answer = await CarryAsync(token => server.AskAsync(question, token), ct);
        if (held is { } delay)
        {
            IsHolding = true;
            await delay.Task.WaitAsync(ct);
        }

        return answer;
    }

    public Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct) =>
        CarryAsync(token => server.ReportAsync(report, token), ct);

    public Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct) =>
        CarryAsync(token => server.AppendAsync(lines, token), ct);

    public Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct) =>
        CarryAsync(token => server.MeasureAsync(usage, token), ct);

    public Task<Result<NodeEventsAnswer>> SendEventsAsync(
        NodeOutput file,
        long offset,
        Stream rest,
        CancellationToken ct
    ) => CarryAsync(token => server.SendEventsAsync(file, offset, rest, token), ct);

    public Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct) =>
        IsFailingFiles
            ? Task.FromResult<Result<NodeFileAnswer>>(
                new Error(ErrorKind.Unavailable, "agent.failed", "the disk is full")
            )
            : CarryAsync(token => server.SendFileAsync(file, content, token), ct);

    private async Task<Result<T>> CarryAsync<T>(Func<CancellationToken, Task<Result<T>>> call, CancellationToken ct)
    {
        await (frozen?.Task.WaitAsync(ct) ?? Task.CompletedTask);
        if (IsCut)
        {
            // A question would wait for its answer, and is a sign of life: none arrives. Others do, half of them.
            if (typeof(T) != typeof(NodeOrders) && Interlocked.Increment(ref calls) % 2 == 0)
            {
                await call(ct);
            }

            return Away();
        }

        // A question that is asked again would wait for its answer.
        if (typeof(T) != typeof(NodeOrders))
        {
            lock (carried)
            {
                carried.Add(() => call(CancellationToken.None));
            }
        }

        if (IsDoubling)
        {
            await call(ct);
        }

        var answer = await call(ct);
        await (frozen?.Task.WaitAsync(ct) ?? Task.CompletedTask);
        Answered++;
        return IsCut ? Away() : answer;
    }

    private static Error Away() => new(ErrorKind.Unavailable, "test.away", "the server is away");
}
