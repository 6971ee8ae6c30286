namespace StdWorkflow.Web.Features.Consultations;

/// <summary>Addresses of the pages of comment periods.</summary>
internal static class ConsultationLinks
{
    public const string List = "/consultations";
    public const string Receipts = "/consultations/receipts";
    public static string Details(string number) => $"/consultations/{number}";
    public static string Lengthen(string number) => $"/consultations/{number}/lengthen";
    public static string End(string number) => $"/consultations/{number}/end";
    public static string Receipt(string receipt) => $"/consultations/receipts/{Uri.EscapeDataString(receipt)}";
    public static string Dispose(string workItem, string receipt, int ordinal) => $"/work-items/{workItem}/comments/{Uri.EscapeDataString(receipt)}/{ordinal}";
    public static string CommentAnchor(string receipt, int ordinal) => $"c-{receipt}-{ordinal}";
}
