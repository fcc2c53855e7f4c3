namespace Braid.Pipelines.Defaults;

/// <summary>How defaults are to be set.</summary>
/// <param name="Regenerate">Also lay the specs of pipelines that there are over them: those that differ become new versions.</param>
/// <param name="Reprocess">Run every datum of those again.</param>
/// <param name="DryRun">Only say which pipelines would change.</param>
public sealed record DefaultsChange(bool Regenerate, bool Reprocess, bool DryRun);

/// <summary>What specs of a project need not say.</summary>
/// <param name="Json">As its author wrote it; <c>{}</c> when there are none.</param>
/// <param name="MadeBy">Empty when there are none.</param>
public sealed record ProjectDefaults(string Json, string MadeBy, DateTimeOffset? MadeAt);
