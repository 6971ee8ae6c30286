namespace StdWorkflow.Web.Features.History;

/// <summary>Marks the texts of this feature.</summary>
public sealed class HistoryTexts;
