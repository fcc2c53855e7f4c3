namespace Braid.Data.Globbing;

/// <summary>A part of a pattern.</summary>
internal abstract record GlobNode
{
    private GlobNode() { }

    /// <summary>True when it can stand for text with a slash in it.</summary>
    public abstract bool Crosses { get; }

    /// <summary>One sign, as it is.</summary>
    public sealed record Literal(char Sign) : GlobNode
    {
        public override bool Crosses => Sign == '/';
    }

    /// <summary><c>*</c></summary>
    public sealed record Any : GlobNode
    {
        public override bool Crosses => false;
    }

    /// <summary><c>**</c></summary>
    public sealed record AnyDeep : GlobNode
    {
        public override bool Crosses => true;
    }

    /// <summary><c>?</c></summary>
    public sealed record One : GlobNode
    {
        public override bool Crosses => false;
    }

    /// <summary><c>[a-z]</c>; never a slash.</summary>
    public sealed record OneOf(bool Negated, IReadOnlyList<(char From, char To)> Ranges) : GlobNode
    {
        public override bool Crosses => false;

        /// <summary>Whether it can stand for the sign, which is no slash.</summary>
        public bool Contains(char sign)
        {
            foreach (var (from, to) in Ranges)
            {
                if (from <= sign && sign <= to)
                {
                    return !Negated;
                }
            }

            return Negated;
        }
    }

    /// <summary><c>{a,b}</c> (no sign, not captured), <c>(a|b)</c> (sign <c>@</c>), <c>?(a|b)</c> and its kin.</summary>
    public sealed record Group(char Sign, bool Captured, IReadOnlyList<IReadOnlyList<GlobNode>> Choices) : GlobNode
    {
        public override bool Crosses => Choices.Any(choice => choice.Any(node => node.Crosses));
    }
}
