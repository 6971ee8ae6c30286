namespace StdWorkflow.Web.Features.Consultations;

/// <summary>The words of comment periods, comments and their dispositions.</summary>
public sealed class ConsultationTexts;
