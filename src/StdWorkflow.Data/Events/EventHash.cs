using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StdWorkflow.Data.Events;

/// <summary>
/// The one place that hashes an event. The bytes are those of every column but <see cref="EventRecord.Hash"/>, in a fixed
/// order, each with its length before it, so that no text can pass for two fields; the previous hash makes it a chain.
/// </summary>
public static class EventHash
{
    private const string Form = "stdworkflow-event-1";

    public static string Of(EventRecord e)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        Write(bytes, Form);
        Write(bytes, e.PreviousHash);
        Write(bytes, e.Id);
        Write(bytes, e.SubjectType);
        Write(bytes, e.SubjectId);
        Write(bytes, e.Sequence.ToString(CultureInfo.InvariantCulture));
        Write(bytes, e.OccurredAt);
        Write(bytes, e.RecordedAt);
        Write(bytes, e.ActorKind);
        Write(bytes, e.ActorPerson);
        Write(bytes, e.OnBehalfOf);
        Write(bytes, e.ActorName);
        Write(bytes, e.Command);
        Write(bytes, e.Type);
        Write(bytes, e.Facts);
        Write(bytes, e.Changes);
        Write(bytes, e.Reason);
        Write(bytes, e.TraceId);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    private static void Write(ArrayBufferWriter<byte> bytes, DateTime instant) =>
        Write(bytes, (instant.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture));

    private static void Write(ArrayBufferWriter<byte> bytes, Guid? key) => Write(bytes, key?.ToString("D"));

    private static void Write(ArrayBufferWriter<byte> bytes, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), length);
        bytes.Advance(4);
        if (length > 0) bytes.Advance(Encoding.UTF8.GetBytes(text, bytes.GetSpan(length)));
    }
}
