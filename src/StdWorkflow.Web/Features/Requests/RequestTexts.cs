namespace StdWorkflow.Web.Features.Requests;

/// <summary>The words of requests for steps.</summary>
public sealed class RequestTexts;
