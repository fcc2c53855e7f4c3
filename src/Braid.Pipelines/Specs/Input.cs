using Braid.Data.Branching;

namespace Braid.Pipelines.Specs;

/// <summary>Which files make the datums of a job: leaves that read branches, and combinations of them.</summary>
public abstract record Input
{
    private Input() { }

    /// <summary>The inputs that read a branch, from left to right.</summary>
    public abstract IEnumerable<Leaf> Leaves { get; }

    /// <summary>This input and all within it, the outer ones first.</summary>
    public virtual IEnumerable<Input> All => [this];

    /// <summary>What reads a branch: files that it matches come under <c>/pfs/NAME</c>.</summary>
    public abstract record Leaf : Input
    {
        private protected Leaf() { }

        /// <summary>The folder under <c>/pfs</c>, and the name of the variable that holds the match's path.</summary>
        public required string Name { get; init; }

        public required string Project { get; init; }

        public required string Repo { get; init; }

        public string RepoType { get; init; } = "user";

        public string Branch { get; init; } = "master";

        public required string Glob { get; init; }

        /// <summary>What of a match's captures (<c>$1</c>) says which others it is joined with; empty: nothing.</summary>
        public string JoinOn { get; init; } = "";

        /// <summary>Matches stay when no other input of the join has a partner for them.</summary>
        public bool OuterJoin { get; init; }

        /// <summary>What of a match's captures (<c>$1</c>) says which group it is of; empty: nothing.</summary>
        public string GroupBy { get; init; } = "";

        /// <summary>Files appear with their names and no content.</summary>
        public bool EmptyFiles { get; init; }

        /// <summary>Changes of content do not make the datum run again.</summary>
        public bool Reference { get; init; }

        /// <summary>Files are pipes, filled when they are opened.</summary>
        public bool Lazy { get; init; }

        /// <summary>Read through the worker's S3 endpoint, as a bucket of the input's name; no files are laid out.</summary>
        public bool S3 { get; init; }

        public override IEnumerable<Leaf> Leaves => [this];
    }

    /// <summary>One datum for each match of a glob in a branch's head.</summary>
    public sealed record Pfs : Leaf
    {
        /// <summary>When the branch moves: it is the pipeline's own, and follows <see cref="Trigger.Branch"/>.</summary>
        public Trigger? Trigger { get; init; }

        /// <summary>Moves of the branch make no job.</summary>
        public bool PropagationNever { get; init; }
    }

    /// <summary>One datum for each tick that is in the cron repo, which belongs to the pipeline.</summary>
    public sealed record Cron : Leaf
    {
        /// <summary>Every tick that the repo has.</summary>
        public const string EveryTick = "/*";

        /// <summary>Cron text: five fields, or <c>@daily</c>, <c>@every 1h30m</c>, <c>@never</c>.</summary>
        public required string Spec { get; init; }

        /// <summary>A tick replaces those before it.</summary>
        public bool Overwrite { get; init; }

        /// <summary>The time from which ticks count; null: when the version of the pipeline was made.</summary>
        public DateTimeOffset? Start { get; init; }
    }

    /// <summary>Several inputs together.</summary>
    public abstract record Combination : Input
    {
        private protected Combination(IReadOnlyList<Input> inputs) => Inputs = inputs;

        public IReadOnlyList<Input> Inputs { get; }

        public override IEnumerable<Leaf> Leaves => Inputs.SelectMany(input => input.Leaves);

        public override IEnumerable<Input> All => [this, .. Inputs.SelectMany(input => input.All)];
    }

    /// <summary>One datum for each combination, the right-most input varying fastest.</summary>
    public sealed record Cross(IReadOnlyList<Input> Inputs) : Combination(Inputs);

    /// <summary>The datums of each input, one after the other.</summary>
    public sealed record Union(IReadOnlyList<Input> Inputs) : Combination(Inputs);

    /// <summary>The combinations whose matches agree in what they are joined on.</summary>
    public sealed record Join(IReadOnlyList<Input> Inputs) : Combination(Inputs);

    /// <summary>One datum for each value that matches are grouped by, with all of those matches.</summary>
    public sealed record Group(IReadOnlyList<Input> Inputs) : Combination(Inputs);

    /// <summary>Nothing is read: a spout makes data of its own.</summary>
    public sealed record None : Input
    {
        public override IEnumerable<Leaf> Leaves => [];
    }
}
