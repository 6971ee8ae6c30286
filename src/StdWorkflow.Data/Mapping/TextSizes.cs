namespace StdWorkflow.Data.Mapping;

/// <summary>Greatest lengths, in UTF-16 units, of texts that no person types; <c>Limits</c> has the others.</summary>
public static class TextSizes
{
    public const int Enum = 40;

    public const int TypeName = 100;

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public const int Hash = 64;

    /// <summary>The longest e-mail address that SMTP carries.</summary>
    public const int Address = 320;

    public const int OutboxKey = 300;

    /// <summary>JSON and XML that the program writes.</summary>
    public const int Document = 4_000_000;
}
