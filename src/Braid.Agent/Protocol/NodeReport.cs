namespace Braid.Agent.Protocol;

/// <summary>What happened to attempts.</summary>
public sealed record NodeReport(string Node, string Epoch, IReadOnlyList<AttemptNews> News);

/// <summary>What happened to an attempt.</summary>
/// <param name="Kind">See <see cref="AttemptNewsKind"/>.</param>
/// <param name="Code">Of one that ended: 0 for success; 128 + the signal that ended it.</param>
/// <param name="Words">How it ended, to be read after its name; of one that started what its owner should know of that.</param>
public sealed record AttemptNews(
    AttemptName Attempt,
    AttemptNewsKind Kind,
    DateTimeOffset At,
    int Code = 0,
    string Words = ""
);

/// <summary>What can happen to an attempt.</summary>
public enum AttemptNewsKind
{
    Started,
    Ended,

    /// <summary>It ended because it was told to.</summary>
    Stopped,

    /// <summary>Nobody knows how it ended: it is to be begun again.</summary>
    Lost,
}

/// <param name="Over">Attempts whose news were not taken: they are over.</param>
public sealed record NodeReportAnswer(IReadOnlyList<AttemptName> Over);

/// <summary>Lines that an attempt wrote.</summary>
/// <param name="First">How many lines of the attempt come before these.</param>
public sealed record NodeLines(
    string Node,
    string Epoch,
    AttemptName Attempt,
    long First,
    IReadOnlyList<NodeLine> Lines
);

/// <summary>A line, without its end.</summary>
public sealed record NodeLine(DateTimeOffset At, bool IsError, string Text);

/// <param name="Kept">How many lines of the attempt the server has: where to go on.</param>
public sealed record NodeLinesAnswer(long Kept);
