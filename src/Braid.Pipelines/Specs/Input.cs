namespace Braid.Pipelines.Specs;

/// <summary>Which files make the datums of a job.</summary>
public abstract record Input
{
    private Input() { }

    /// <summary>The PFS leaves, from left to right.</summary>
    public abstract IEnumerable<Pfs> Leaves { get; }

    /// <summary>One datum for each match of a glob in a branch's head.</summary>
    public sealed record Pfs : Input
    {
        /// <summary>The folder under <c>/pfs</c>, and the name of the variable that holds the match's path.</summary>
        public required string Name { get; init; }

        public required string Project { get; init; }

        public required string Repo { get; init; }

        public string RepoType { get; init; } = "user";

        public string Branch { get; init; } = "master";

        public required string Glob { get; init; }

        /// <summary>Files appear with their names and no content.</summary>
        public bool EmptyFiles { get; init; }

        /// <summary>Changes of content do not make the datum run again.</summary>
        public bool Reference { get; init; }

        public override IEnumerable<Pfs> Leaves => [this];
    }

    /// <summary>One datum for each combination, the right-most input varying fastest.</summary>
    public sealed record Cross(IReadOnlyList<Input> Inputs) : Input
    {
        public override IEnumerable<Pfs> Leaves => Inputs.SelectMany(i => i.Leaves);
    }

    /// <summary>The datums of each input, one after the other.</summary>
    public sealed record Union(IReadOnlyList<Input> Inputs) : Input
    {
        public override IEnumerable<Pfs> Leaves => Inputs.SelectMany(i => i.Leaves);
    }
}
