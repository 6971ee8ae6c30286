namespace StdWorkflow.Web.Features.Relations;

/// <summary>The words of what follows a work item, and of what it adopts.</summary>
public sealed class RelationTexts;
