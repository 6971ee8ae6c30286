namespace StdWorkflow.Web.Features.Processes;

/// <summary>The words of processes.</summary>
public sealed class ProcessTexts;
