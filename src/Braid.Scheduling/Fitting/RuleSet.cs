using System.Text;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>Rules, and what they say of each node of the session: asked once, on first use.</summary>
internal sealed class RuleSet(NodeRules rules, SessionNode[] nodes)
{
    private bool[]? allowed;
    private int[]? preferences;

    public NodeRules Rules { get; } = rules;

    /// <summary>By node: ready, and excluded by no rule.</summary>
    public bool[] Allowed =>
        allowed ??= [.. nodes.Select(node => node.Source.IsReady && RuleMatch.Excluded(node.Source, Rules) is null)];

    /// <summary>By node: how much it is liked.</summary>
    public int[] Preferences => preferences ??= [.. nodes.Select(node => RuleMatch.Preference(node.Source, Rules))];

    /// <summary>The same text for rules that say the same.</summary>
    public static string Key(NodeRules rules)
    {
        if (ReferenceEquals(rules, NodeRules.None))
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (label, value) in rules.Selector.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(text, "s", label, value);
        }

        foreach (var term in rules.Required)
        {
            Append(text, "r", Key(term));
        }

        foreach (var preferred in rules.Preferred)
        {
            Append(text, $"p{preferred.Weight}", Key(preferred.Term));
        }

        foreach (var toleration in rules.Tolerations)
        {
            Append(text, "t", toleration.Key ?? "\n", toleration.Value ?? "\n");
        }

        return text.ToString();
    }

    private static string Key(AffinityTerm term)
    {
        var text = new StringBuilder();
        foreach (var condition in term.Conditions)
        {
            Append(text, condition.Operator.ToString(), [condition.Label, .. condition.Values]);
            text.Append('|');
        }

        return text.ToString();
    }

    /// <summary>With lengths, so that no two lists of words give the same text.</summary>
    private static void Append(StringBuilder text, string kind, params ReadOnlySpan<string> words)
    {
        text.Append(kind);
        foreach (var word in words)
        {
            text.Append(word.Length).Append(':').Append(word);
        }
    }
}
