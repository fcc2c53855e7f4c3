using System.Globalization;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>Whether a node satisfies rules, and which one it does not.</summary>
internal static class RuleMatch
{
    /// <summary>The first rule that excludes the node; null when none does.</summary>
    public static Exclusion? Excluded(Node node, NodeRules rules)
    {
        foreach (var (label, value) in rules.Selector)
        {
            if (node.Labels.GetValueOrDefault(label) != value)
            {
                return new(ExclusionKind.Selector, $"{label}={value}");
            }
        }

        if (rules.Required.Count > 0 && !rules.Required.Any(term => Holds(node, term)))
        {
            return new(ExclusionKind.Affinity, string.Join(" or ", rules.Required.Select(Describe)));
        }

        var taint = node.Taints.FirstOrDefault(taint => taint.Effect == TaintEffect.Refuse && !Tolerates(rules, taint));
        return taint is null ? null : new(ExclusionKind.Taint, $"{taint.Key}={taint.Value}");
    }

    /// <summary>The weights of the preferred terms that hold, less one for each taint that asks to be avoided.</summary>
    public static int Preference(Node node, NodeRules rules)
    {
        var sum = rules.Preferred.Where(preferred => Holds(node, preferred.Term)).Sum(preferred => preferred.Weight);
        return sum - node.Taints.Count(taint => taint.Effect == TaintEffect.Avoid && !Tolerates(rules, taint));
    }

    private static bool Tolerates(NodeRules rules, Taint taint) =>
        rules.Tolerations.Any(toleration => toleration.Covers(taint));

    private static bool Holds(Node node, AffinityTerm term) =>
        term.Conditions.All(condition => Holds(node.Labels.GetValueOrDefault(condition.Label), condition));

    private static bool Holds(string? label, LabelCondition condition) =>
        condition.Operator switch
        {
            LabelOperator.In => label is not null && condition.Values.Contains(label),
            LabelOperator.NotIn => label is null || !condition.Values.Contains(label),
            LabelOperator.Exists => label is not null,
            LabelOperator.DoesNotExist => label is null,
            LabelOperator.GreaterThan => Number(label) > Number(condition.Values.FirstOrDefault()),
            _ => Number(label) < Number(condition.Values.FirstOrDefault()),
        };

    /// <summary>Null, which is neither greater nor less, for what is no whole number.</summary>
    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Describe(AffinityTerm term) =>
        string.Join(
            " and ",
            term.Conditions.Select(condition =>
                $"{condition.Label} {condition.Operator} {string.Join("|", condition.Values)}".TrimEnd()
            )
        );
}

/// <summary>Why a node is not considered.</summary>
internal sealed record Exclusion(ExclusionKind Kind, string Detail);
