using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "StepRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    WorkItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TrackId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TransitionKey = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    AskedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AskedAtUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    WantedBy = table.Column<DateOnly>(type: "date", nullable: false),
                    Zone = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    WantedByUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    OpenKey = table.Column<string>(type: "nvarchar(133)", maxLength: 133, nullable: true),
                    ClosedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClosedAtUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    Words = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    ClosedIn = table.Column<int>(type: "int", nullable: true),
                    RemindedAtUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    IsDemo = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    LastSequence = table.Column<int>(type: "int", nullable: false),
                    LastHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StepRequests_People_AskedById",
                        column: x => x.AskedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StepRequests_People_ClosedById",
                        column: x => x.ClosedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StepRequests_Tracks_TrackId",
                        column: x => x.TrackId,
                        principalTable: "Tracks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StepRequests_WorkItems_WorkItemId",
                        column: x => x.WorkItemId,
                        principalTable: "WorkItems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_AskedById_Number",
                table: "StepRequests",
                columns: new[] { "AskedById", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_ChangedAtUtc_Number",
                table: "StepRequests",
                columns: new[] { "ChangedAtUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_ClosedAtUtc_Number",
                table: "StepRequests",
                columns: new[] { "ClosedAtUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_ClosedById",
                table: "StepRequests",
                column: "ClosedById");

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_Code",
                table: "StepRequests",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_Number",
                table: "StepRequests",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_OpenKey",
                table: "StepRequests",
                column: "OpenKey",
                unique: true,
                filter: "[OpenKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_State_WantedByUtc_Number",
                table: "StepRequests",
                columns: new[] { "State", "WantedByUtc", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_TrackId_State",
                table: "StepRequests",
                columns: new[] { "TrackId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_StepRequests_WorkItemId",
                table: "StepRequests",
                column: "WorkItemId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StepRequests");
        }
    }
}
