using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddHotIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "DeadlineKey",
                table: "Tracks",
                type: "TEXT",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(9999, 12, 31, 0, 0, 0, 0, DateTimeKind.Utc));

            migrationBuilder.Sql("UPDATE \"Tracks\" SET \"DeadlineKey\" = \"NextDeadlineUtc\" WHERE \"NextDeadlineUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WorkItems_IssuedOn_SortKey",
                table: "WorkItems",
                columns: new[] { "IssuedOn", "SortKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_DeadlineKey_WorkItemId",
                table: "Tracks",
                columns: new[] { "DeadlineKey", "WorkItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_Consultations_ClosesAtUtc_Number",
                table: "Consultations",
                columns: new[] { "ClosesAtUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Consultations_Number",
                table: "Consultations",
                column: "Number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkItems_IssuedOn_SortKey",
                table: "WorkItems");

            migrationBuilder.DropIndex(
                name: "IX_Tracks_DeadlineKey_WorkItemId",
                table: "Tracks");

            migrationBuilder.DropIndex(
                name: "IX_Consultations_ClosesAtUtc_Number",
                table: "Consultations");

            migrationBuilder.DropIndex(
                name: "IX_Consultations_Number",
                table: "Consultations");

            migrationBuilder.DropColumn(
                name: "DeadlineKey",
                table: "Tracks");
        }
    }
}
